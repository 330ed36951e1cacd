#!/usr/bin/env python3
"""Checks the golden vectors against the exported JSON Schemas. Python 3, standard library alone.

    python3 docs/wire/check.py                  checks all vectors; exit code 0 when each is as it says
    from check import load_schema, errors_of    for a producer's own tests

It knows the keywords that `telemetry catalog export` writes, and reports a schema that has any other: a keyword that is not
understood would be one that is not checked.
"""
import datetime
import json
import pathlib
import re
import sys
import uuid

FOLDER = pathlib.Path(__file__).resolve().parent
ANNOTATIONS = {"$schema", "title", "description"}
KEYWORDS = {"type", "const", "enum", "pattern", "format", "minLength", "minimum", "maximum", "required", "dependentRequired",
            "propertyNames", "properties", "additionalProperties", "items", "anyOf"}
NAME = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*){2,3}")


def load_schema(event):
    """The schema of an event, by its name."""
    return json.loads((FOLDER / "schemas" / f"{event}.schema.json").read_text(encoding="utf-8"))


def load_vectors(name):
    return json.loads((FOLDER / "vectors" / name).read_text(encoding="utf-8"))


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    kinds = {"string": str, "boolean": bool, "object": dict, "array": list, "null": type(None)}
    return isinstance(value, kinds[name])


def is_format(text, name):
    try:
        if name == "uuid":
            return str(uuid.UUID(text)) == text.lower()
        if name == "date-time":
            # Python's own reader takes six digits of a second's fraction at most.
            seconds = re.sub(r"\.(\d{1,6})\d*", r".\1", text)
            return datetime.datetime.fromisoformat(seconds.replace("Z", "+00:00")).tzinfo is not None
        if name == "uri-reference":
            return re.search(r"[\s<>\"{}|\\^`]", text) is None
    except ValueError:
        return False
    raise ValueError(f"the format '{name}' is not known to check.py")


def is_unicode(text):
    return not any(0xD800 <= ord(c) <= 0xDFFF for c in text)


def errors_of(value, schema, path="$"):
    """A list of (keyword, sentence); empty where the value is as the schema says."""
    found = []

    def say(keyword, sentence):
        found.append((keyword, f"{path}: {sentence}"))

    if isinstance(value, str) and not is_unicode(value):
        say("unicode", "a lone surrogate is not Unicode")
    for keyword, rule in schema.items():
        if keyword == "type":
            names = rule if isinstance(rule, list) else [rule]
            if not any(is_type(value, name) for name in names):
                say(keyword, f"{json.dumps(value)[:40]} is not of type {' or '.join(names)}")
                return found
        elif keyword == "const":
            if value != rule:
                say(keyword, f"{json.dumps(value)[:40]} is not {json.dumps(rule)}")
        elif keyword == "enum":
            if value not in rule:
                say(keyword, f"{json.dumps(value)[:40]} is none of {json.dumps(rule)}")
        elif keyword == "pattern":
            if isinstance(value, str) and not re.search(rule.replace("$", r"\Z"), value):
                say(keyword, f"{json.dumps(value)[:40]} does not match {rule}")
        elif keyword == "format":
            if isinstance(value, str) and not is_format(value, rule):
                say(keyword, f"{json.dumps(value)[:40]} is no {rule}")
        elif keyword == "minLength":
            if isinstance(value, str) and len(value) < rule:
                say(keyword, f"it has fewer than {rule} characters")
        elif keyword == "minimum":
            if is_type(value, "number") and value < rule:
                say(keyword, f"{value} is less than {rule}")
        elif keyword == "maximum":
            if is_type(value, "number") and value > rule:
                say(keyword, f"{value} is more than {rule}")
        elif keyword == "required":
            for name in rule:
                if isinstance(value, dict) and name not in value:
                    say(keyword, f"'{name}' is missing")
        elif keyword == "dependentRequired":
            for name, others in rule.items():
                for other in others:
                    if isinstance(value, dict) and name in value and other not in value:
                        say(keyword, f"'{name}' is there without '{other}'")
        elif keyword == "propertyNames":
            for name in value if isinstance(value, dict) else []:
                for _, sentence in errors_of(name, rule, f"{path}.{name}"):
                    found.append((keyword, sentence))
        elif keyword == "properties":
            for name, inner in rule.items():
                if isinstance(value, dict) and name in value:
                    found += errors_of(value[name], inner, f"{path}.{name}")
        elif keyword == "additionalProperties":
            for name in value if isinstance(value, dict) else []:
                if name in schema.get("properties", {}):
                    continue
                if rule is False:
                    say(keyword, f"'{name}' is not known")
                else:
                    found += errors_of(value[name], rule, f"{path}.{name}")
        elif keyword == "items":
            for index, item in enumerate(value if isinstance(value, list) else []):
                found += errors_of(item, rule, f"{path}[{index}]")
        elif keyword == "anyOf":
            tried = [errors_of(value, inner, path) for inner in rule]
            if all(tried):
                say(keyword, "; ".join(sentence for errors in tried for _, sentence in errors))
    return found


def check_keywords(schema, path):
    """Every keyword is known, wherever it stands."""
    known = ANNOTATIONS | KEYWORDS
    for keyword, rule in schema.items():
        if keyword not in known:
            yield f"{path}: the schema keyword '{keyword}' is not known to check.py"
        inner = rule.values() if keyword == "properties" else rule if keyword == "anyOf" else [rule]
        for child in inner if keyword in {"properties", "anyOf", "items", "additionalProperties", "propertyNames"} else []:
            if isinstance(child, dict):
                yield from check_keywords(child, f"{path}/{keyword}")


def murmur2(key):
    """The hash by which a key finds its partition, as the Java client's Utils.murmur2: signed, 32 bits."""
    multiplier, mask = 0x5BD1E995, 0xFFFFFFFF
    value = 0x9747B28C ^ len(key)
    whole = len(key) - len(key) % 4
    for start in range(0, whole, 4):
        word = int.from_bytes(key[start:start + 4], "little") * multiplier & mask
        word = (word ^ word >> 24) * multiplier & mask
        value = (value * multiplier & mask) ^ word
    if whole < len(key):
        value = (value ^ int.from_bytes(key[whole:], "little")) * multiplier & mask
    value = (value ^ value >> 13) * multiplier & mask
    value ^= value >> 15
    return value - (1 << 32) if value >= 1 << 31 else value


def check_keys():
    for vector in load_vectors("keys.json"):
        if murmur2(vector["key"].encode()) != vector["murmur2"]:
            yield f"keys.json: the murmur2 of '{vector['key']}' is not {vector['murmur2']}"


def check_names():
    for vector in load_vectors("names.json"):
        name = vector["name"]
        valid = len(name) <= 128 and NAME.fullmatch(name) is not None
        if valid != ("rule" not in vector):
            yield f"names.json: {json.dumps(name)[:60]} is {'a name' if valid else 'no name'}"


def check_events():
    for vector in load_vectors("events.json"):
        expected = vector["envelope"]
        for _, sentence in errors_of(expected, load_schema(vector["input"]["event"])):
            yield f"events.json, {vector['case']}: {sentence}"
        if expected.get("partitionkey") != vector["key"]:
            yield f"events.json, {vector['case']}: the key is not the partitionkey"


def check_invalid_events():
    for vector in load_vectors("invalid-events.json"):
        found = {keyword for keyword, _ in errors_of(vector["envelope"], load_schema(vector["event"]))}
        if vector["keyword"] not in found:
            yield f"invalid-events.json, {vector['case']}: expected '{vector['keyword']}', found {sorted(found) or 'nothing'}"


def main():
    counts = {name: len(load_vectors(name)) for name in ("names.json", "keys.json", "events.json", "invalid-events.json")}
    schemas = sorted((FOLDER / "schemas").glob("*.schema.json"))
    keywords = [error for path in schemas for error in check_keywords(json.loads(path.read_text(encoding="utf-8")), path.name)]
    failures = [*keywords, *check_names(), *check_keys(), *check_events(), *check_invalid_events()]
    print("\n".join(failures + [f"{sum(counts.values())} vectors, {len(schemas)} schemas, {len(failures)} failures"]))
    return 1 if failures or not schemas or 0 in counts.values() else 0


if __name__ == "__main__":
    sys.exit(main())
