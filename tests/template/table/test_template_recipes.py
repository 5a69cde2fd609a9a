"""Every recipe for a shop's export is run, as the page has it, on the headers that shop writes."""

import csv
import io
import re
from pathlib import Path

import pytest
from expanding import expanded

PAGE = (Path(__file__).parents[3] / "docs/variations.md").read_text("utf-8")
RECIPES = dict(re.findall(r"^\| ([^|]+?) \| `(group_by: .+?)` \|", PAGE, re.MULTILINE))

SHOPIFY = (
    "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,"
    "Status,SKU,Barcode,Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,"
    "Option2 Linked To,Option3 name,Option3 value,Option3 Linked To,Price,Compare-at price,"
    "Cost per item,Charge tax,Tax code,Unit price total measure,Unit price total measure unit,"
    "Unit price base measure,Unit price base measure unit,Inventory tracker,Inventory quantity,"
    "Continue selling when out of stock,Weight value (grams),Weight unit for display,"
    "Requires shipping,Fulfillment service,Product image URL,Image position,Image alt text,"
    "Variant image URL,Gift card,SEO title,SEO description,"
    "Google Shopping / Google product category"
)
BEFORE = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,"
    "Option1 Value,Variant SKU,Variant Grams,Variant Price,Variant Compare At Price,Image Src,"
    "Image Position,Status"
)
GOOGLE = (
    "id,title,description,link,image_link,availability,price,sale_price,condition,brand,gtin,"
    "item_group_id,color,size,google_product_category"
)
WOOCOMMERCE = (
    'ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,"Is featured?","Visibility in catalog",'
    '"Short description",Description,"Date sale price starts","Date sale price ends","Tax status",'
    '"Tax class","In stock?",Stock,"Low stock amount","Backorders allowed?","Sold individually?",'
    '"Weight (kg)","Length (cm)","Width (cm)","Height (cm)","Allow customer reviews?",'
    '"Purchase note","Sale price","Regular price",Categories,Tags,"Shipping class",Images,'
    '"Download limit","Download expiry days",Parent,"Grouped products",Upsells,Cross-sells,'
    '"External URL","Button text",Position,Brands,"Attribute 1 name","Attribute 1 value(s)",'
    '"Attribute 1 visible","Attribute 1 global"'
)


def export(header: str, *rows: dict[str, str]) -> str:
    """Write an export; a BOM is before the header, as these shops have it."""
    names = next(csv.reader([header]))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


EXPORTS = {
    "Shopify": (
        export(
            SHOPIFY,
            {
                "Title": "Mug",
                "URL handle": "mug",
                "Status": "Active",
                "SKU": "M-S",
                "Price": "9.90",
            },
            {"URL handle": "mug", "SKU": "M-L", "Price": "12.90"},
            {"URL handle": "mug", "Product image URL": "https://shop.example/b.jpg"},
            {"Title": "Cup", "URL handle": "cup", "Status": "Active", "SKU": "C", "Price": "5.00"},
        ),
        "{{ row.Title }} {{ group | pluck('SKU') | join(' ') }} {{ row.Price | price }}",
        ["Mug M-S M-L  9.90", "Cup C 5.00"],
    ),
    "Shopify, before 2025": (
        export(
            BEFORE,
            {"Handle": "mug", "Title": "Mug", "Variant SKU": "M-S", "Variant Price": "9.90"},
            {"Handle": "mug", "Variant SKU": "M-L", "Variant Price": "12.90"},
            {"Handle": "cup", "Title": "Cup", "Variant SKU": "C", "Variant Price": "5.00"},
        ),
        "{{ row.Title }} {{ group | pluck('Variant SKU') | join(' ') }}",
        ["Mug M-S M-L", "Cup C"],
    ),
    "Google Merchant Center": (
        export(
            GOOGLE,
            {"id": "M-S", "title": "Mug", "price": "249.00 SEK", "item_group_id": "mug"},
            {"id": "M-L", "title": "Mug", "price": "299.00 SEK", "item_group_id": "mug"},
            {"id": "LAMP", "title": "Lamp", "price": "1,290.00 SEK"},
            {"id": "VASE", "title": "Vase", "price": "490.00 SEK"},
        ),
        "{{ row.title }} {{ row.price | price }}",
        ["Mug 249.00", "Lamp 1290.00", "Vase 490.00"],
    ),
    "WooCommerce": (
        export(
            WOOCOMMERCE,
            {"ID": "16", "Type": "variable", "SKU": "MUG", "Name": "Mug"},
            {"ID": "17", "Type": "variable", "Name": "Vase"},
            {"ID": "18", "Type": "variation", "SKU": "M-S", "Parent": "MUG", "Regular price": "9"},
            {"ID": "19", "Type": "variation", "Parent": "id:17", "Regular price": "49"},
            {"ID": "20", "Type": "variation", "Parent": "id:17", "Regular price": "59"},
            {"ID": "21", "Type": "simple", "Name": "Lamp", "Regular price": "89"},
        ),
        "{{ row.Name }} {{ row['Regular price'] | price }} {{ group | length }}",
        ["Mug 9 2", "Vase 49 3", "Lamp 89 1"],
    ),
}


def test_every_recipe_has_an_export_here() -> None:
    assert list(RECIPES) == list(EXPORTS)


@pytest.mark.parametrize("shop", EXPORTS)
def test_a_recipe_makes_a_film_of_each_product(shop: str) -> None:
    table, title, films = EXPORTS[shop]
    story = (
        f'title: "{title}"\nvariations:\n  rows: export.csv\n  {RECIPES[shop]}\n'
        '  name: "film-{{ group | length }}-{{ row[row.keys() | first] }}"\n'
    )
    result = expanded(story, {"export.csv": table})
    assert [one for one in result.diagnostics if one.severity == "error"] == []
    titles = [one.document.root.get("title") for one in result.value or ()]
    assert [getattr(one, "value", None) for one in titles] == films


def test_the_recipe_above_the_table_runs_on_present_headers() -> None:
    [recipe] = re.findall(
        r"```yaml\n(variations:\n  rows: products_export.csv\n.*?)```", PAGE, re.DOTALL
    )
    table, _, _ = EXPORTS["Shopify"]
    result = expanded(f'title: "{{{{ row.Title }}}}"\n{recipe}', {"products_export.csv": table})
    assert result.diagnostics == ()
    assert [one.name for one in result.value or ()] == ["mug", "cup"]
