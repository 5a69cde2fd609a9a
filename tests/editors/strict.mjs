// Compile schemas with Ajv in its strictest mode, and judge values by each.
// Reads {schemas: {name: schema}, values: [[name, value], …]} and writes {warned: [...], right: [...]}.
import { readFileSync } from "node:fs";
import Ajv from "ajv";

const asked = JSON.parse(readFileSync(0, "utf8"));
const warned = [];
const say = (message) => warned.push(message);
const ajv = new Ajv.default({ strict: true, logger: { log: say, warn: say, error: say } });
const check = {};
for (const [name, schema] of Object.entries(asked.schemas)) check[name] = ajv.compile(schema);
const right = asked.values.map(([name, value]) => check[name](value));
process.stdout.write(JSON.stringify({ warned, right }));
