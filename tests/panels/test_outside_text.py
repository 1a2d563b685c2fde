"""Text from outside reaches the page by one door: `show`, which takes markup that escaped it.

Streamlit reads Markdown in labels, captions, errors, metrics and table cells, and fetches the pictures that it
finds there. So panels call only the functions listed here, and give them only words of the label files.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PANELS = sorted([*(ROOT / "panels").glob("*.py"), ROOT / "dashboard.py"])

# Streamlit's names that panels may use, and which of their arguments are shown to a reader.
SHOWN: dict[str, tuple[str, ...]] = {
    "button": ("label", "help"),
    "expander": ("label",),
    "multiselect": ("label", "placeholder", "help"),
    "pills": ("label", "help"),
    "popover": ("label", "help"),
    "radio": ("label", "help"),
    "segmented_control": ("label", "help"),
    "selectbox": ("label", "placeholder", "help"),
    "set_page_config": ("page_title",),
    "spinner": ("text",),
    "text_input": ("label", "placeholder", "help"),
    "toggle": ("label", "help"),
    "container": (),
    "html": ("body",),
}
OTHERS = {"components", "fragment", "query_params", "session_state"}
# Labels of options are Markdown as well, but for those of lists to choose from.
FORMATTED = {"pills", "radio", "segmented_control"}
# What makes a plain text out of the label files alone.
OWN_WORDS = {"filters_label"}


def used(tree: ast.AST) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st":
            yield node


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func in [*used(tree)]:
            yield node.func.attr, node


def arguments(name: str, call: ast.Call) -> Iterator[ast.expr]:
    if SHOWN[name] and call.args:
        yield call.args[0]
    yield from (keyword.value for keyword in call.keywords if keyword.arg in SHOWN[name])


def is_word(node: ast.expr, tree: ast.AST) -> bool:
    """Whether an expression can only be words of the label files: words[…], words.text(…), or a name set to such."""
    if isinstance(node, ast.Name):
        return any(is_word(value, tree) for value in assigned(node.id, tree))
    if isinstance(node, ast.IfExp):
        return is_word(node.body, tree) and is_word(node.orelse, tree)
    if isinstance(node, ast.Subscript):
        return is_labels(node.value)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            return node.func.id in OWN_WORDS
        plain = all(isinstance(keyword.value, ast.Name) and keyword.arg == "n" for keyword in node.keywords)
        return (
            isinstance(node.func, ast.Attribute)
            and node.func.attr == "text"
            and is_labels(node.func.value)
            and plain
        )
    return False


def is_labels(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "labels"
    return isinstance(node, ast.Name) and node.id in {"words", "labels"}


def assigned(name: str, tree: ast.AST) -> list[ast.expr]:
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id == name for to in node.targets)
    ]


def at(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in PANELS:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_panels_use_only_the_functions_of_streamlit_that_are_listed() -> None:
    unlisted = [
        f"{at(path, node)} st.{node.attr}"
        for path, tree in trees()
        for node in used(tree)
        if node.attr not in {*SHOWN, *OTHERS}
    ]
    assert unlisted == []


def test_what_a_widget_shows_are_words_of_the_label_files() -> None:
    outside = [
        f"{at(path, call)} st.{name}: {ast.unparse(shown)}"
        for path, tree in trees()
        for name, call in calls(tree)
        if name != "html"
        for shown in arguments(name, call)
        if not is_word(shown, tree)
    ]
    assert outside == []


def test_the_options_that_are_read_as_markdown_are_words_of_the_label_files() -> None:
    outside = [
        at(path, call)
        for path, tree in trees()
        for name, call in calls(tree)
        if name in FORMATTED
        for keyword in call.keywords
        if keyword.arg == "format_func"
        and not (isinstance(keyword.value, ast.Lambda) and is_word(keyword.value.body, tree))
    ]
    assert outside == []


def test_markup_has_one_door() -> None:
    doors = [path.name for path, tree in trees() for name, _ in calls(tree) if name == "html"]
    assert set(doors) == {"page.py"}


def test_nothing_but_the_module_of_markup_calls_a_string_markup() -> None:
    """A file of the project (a style) may be called so as well; nothing that was put together elsewhere."""
    made = [
        at(path, node)
        for path in sorted((ROOT / "panels").rglob("*.py"))
        if path.name != "markup.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Html"
        if node.args and not ast.unparse(node.args[0]).endswith(".read_text(encoding='utf-8')")
    ]
    assert made == []


@pytest.mark.parametrize(
    "code",
    [
        "st.button(article.title)",
        "st.button(f'{words[\"a\"]} {title}')",
        "st.button(words['a'] + title)",
        "st.button(words.text('a', author=title))",
        "title = article.title\nst.button(title)",
        "st.selectbox(words['a'], placeholder=query)",
    ],
)
def test_the_test_itself_sees_outside_text(code: str) -> None:
    tree = ast.parse(code)
    found = [
        shown for name, call in calls(tree) for shown in arguments(name, call) if not is_word(shown, tree)
    ]
    assert found
