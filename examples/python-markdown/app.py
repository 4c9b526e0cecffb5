"""Renders Markdown to HTML."""

import markdown


def handler(event, context):
    source = event.get("markdown")
    if not isinstance(source, str):
        raise ValueError("the event needs a text under 'markdown'")
    converter = markdown.Markdown(extensions=["tables", "toc"])
    html = converter.convert(source)
    return {"html": html, "headings": list(headings(converter.toc_tokens))}


def headings(tokens):
    for token in tokens:
        yield {"level": token["level"], "id": token["id"], "name": token["name"]}
        yield from headings(token["children"])
