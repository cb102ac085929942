"""What the API's own document (OpenAPI 3.1) says beside what the framework finds out: bodies, keys, and every no."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from schemas.examples.bodies import Examples, shapes_used

KEY, SESSION = "key", "session"
_SECURITY = {
    KEY: {"type": "http", "scheme": "bearer", "description": "API key of an organisation. 单位的接口密钥。"},
    SESSION: {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "Session of the console; writes need X-CSRF-Token too. 控制台会话；写操作另需 X-CSRF-Token。",
    },
}
API = "/api/v1"
_DEFINITIONS = "#/$defs/"


class Problem(BaseModel):
    """Problem details (RFC 9457); ``refusals`` where law, state or form says no, ``places`` of a malformed request."""

    type: str
    status: int
    title: str
    title_zh: str
    refusals: list[dict[str, Any]] | None = None
    places: list[dict[str, Any]] | None = None
    retry: bool | None = None


_BEFORE_US = 413
"""What is too large is answered in plain text, before anything is read."""
_SAID: Mapping[int, str] = {
    401: "No key or session that holds. 缺少有效的密钥或会话。",
    403: "The key or role has no right to that. 密钥或角色无此权限。",
    404: "No such thing, or not yours. 没有找到，或者不属于您。",
    409: "Refused by law or state, or the key was used for another content. 不予办理，或该键已用于另一内容。",
    413: "More than 12 MB. 超过 12 MB。",
    422: "The form is wrong; each place is named. 内容有误，逐处列明。",
    429: "Too many requests; see Retry-After. 请求过于频繁，见 Retry-After。",
    503: "Something is broken; it can be tried again. 系统故障，可重试。",
}


def noes(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The documented problems of an operation, beside those that every one can have."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        code: {"description": _SAID[code]} | ({} if code == _BEFORE_US else {"content": content})
        for code in sorted({422, 429, 503, *codes})
    }


def body_of(schema: dict[str, Any], examples: Examples) -> dict[str, Any]:
    """The description of a JSON body."""
    shown = {key: {"value": value} for key, value in examples.items()}
    return {"required": True, "content": {"application/json": {"schema": schema, "examples": shown}}}


def document_of(app: FastAPI) -> dict[str, Any]:
    """The whole document, in which every reference leads somewhere."""
    made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    components = made.setdefault("components", {})
    shapes = components.setdefault("schemas", {})
    shapes["Problem"] = Problem.model_json_schema()
    components["securitySchemes"] = _SECURITY
    names = dict[str, str]()
    for operation in _operations(made):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            content["schema"] = _lifted(content["schema"], shapes, names)
        for code, problem in operation["responses"].items():
            if int(code) >= 400:
                problem.setdefault("content", {}).pop("application/json", None)
    made["servers"] = [{"url": API}]
    return made


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def _lifted(schema: dict[str, Any], shapes: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The schema whose shapes have moved into the document's; ``names``: what a shape says -> what it is called."""
    own: dict[str, Any] = schema.get("$defs", {})
    called = dict[str, str]()
    for name, shape in own.items():
        said = json.dumps([name, shape, shapes_used(shape, own)], sort_keys=True)
        if said not in names:
            same = sum(one.partition("_")[0] == f"Given{name}" for one in names.values())
            names[said] = f"Given{name}" + (f"_{same + 1}" if same else "")
        called[name] = names[said]
    for name, shape in own.items():
        shapes[called[name]] = {**_renamed(shape, called), "title": called[name]}
    lifted: dict[str, Any] = _renamed({key: value for key, value in schema.items() if key != "$defs"}, called)
    if "title" not in lifted:
        return lifted
    shapes[lifted["title"]] = lifted
    return {"$ref": f"#/components/schemas/{lifted['title']}"}


def _renamed(node: Any, called: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {
            key: _referred(value, called) if key == "$ref" else _renamed(value, called) for key, value in node.items()
        }
    return [_renamed(one, called) for one in node] if isinstance(node, list) else node


def _referred(reference: Any, called: Mapping[str, str]) -> Any:
    name = reference.removeprefix(_DEFINITIONS) if isinstance(reference, str) else ""
    return f"#/components/schemas/{called[name]}" if name in called else reference
