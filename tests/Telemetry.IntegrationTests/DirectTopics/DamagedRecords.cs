using System.Text;
using System.Text.Json.Nodes;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>A thousand ways in which a record can be wrong, each in the record of its own, with a word for the kind.</summary>
internal static class DamagedRecords
{
    public const int Count = 1000;

    public static IEnumerable<(string Kind, byte[] Value)> All()
    {
        var seen = new HashSet<string>();
        return Kinds().Where(record => seen.Add(Convert.ToBase64String(record.Value))).Take(Count);
    }

    private static IEnumerable<(string Kind, byte[] Value)> Kinds()
    {
        foreach (var record in WrongMembers().Concat(Bombs()).Concat(NotEvents()))
            yield return (record.Kind, Encoding.UTF8.GetBytes(record.Text));
        var whole = Encoding.UTF8.GetBytes(Charge.Good(1).ToJsonString());
        for (var length = 1; length < whole.Length; length++)
            yield return ("truncated", whole[..length]);
        // A byte that no UTF-8 text has, at every second place.
        for (var at = 0; at < whole.Length; at += 2)
            yield return ("invalid UTF-8", [.. whole[..at], 0xFF, .. whole[at..]]);
        for (var at = 1; at < whole.Length; at += 3)
            yield return ("control character", [.. whole[..at], 0x01, .. whole[at..]]);
    }

    private static IEnumerable<(string Kind, string Text)> WrongMembers()
    {
        string[] values = ["{}", "[]", "{\"a\":{\"b\":[1]}}", "[[1]]", "null", "true", "false", "7", "-1.5", "\"\"", "18446744073709551616", "1e400", "-99999999999999999999999999999"];
        foreach (var name in new[] { "specversion", "id", "source", "type", "time", "data" })
        {
            yield return ($"no {name}", Without(name));
            foreach (var value in values.Where(value => name != "data" || value is not ("{}" or "{\"a\":{\"b\":[1]}}")))
                yield return ($"{name} of another type", With(name, value));
        }

        foreach (var name in new[] { "subject", "partitionkey", "tenantid", "nodeid", "vmtype", "hostname", "storagesize", "storagetype", "producer", "sequence", "traceparent", "own" })
        {
            foreach (var value in new[] { "{}", "[]", "{\"a\":1}", "[1,2]", "18446744073709551616", "1e400" })
                yield return ($"{name} of another type", With(name, value));
        }

        foreach (var time in new[] { "yesterday", "2026", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T25:00:00Z", "9999-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-01-01", "12:00", "1769860800", "2026-01-01T00:00:00", "2026-01-01T00:61:00Z", " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00.1234567890Z" })
            yield return ("no time", With("time", $"\"{time}\""));
        foreach (var sequence in new[] { "one", "-1", "1.5", "99999999999999999999", "000000000000000000001", "0x10", " 1" })
            yield return ("no sequence", With("sequence", $"\"{sequence}\""));
        foreach (var version in new[] { "0.3", "1", "2.0", "1.0.0" })
            yield return ("another specversion", With("specversion", $"\"{version}\""));

        foreach (var name in new[] { "user_id", "task_id", "credits", "seconds", "units" })
        {
            yield return ($"no data.{name}", Data(name, null));
            var isText = name.EndsWith("id", StringComparison.Ordinal);
            foreach (var value in values.Where(value => isText ? value != "\"\"" : value is not ("7" or "-1.5")))
                yield return ($"data.{name} of another type", Data(name, value));
        }

        foreach (var credits in new[] { "100000000000000000000000000", "1e30", "-1e27", "1e308", "\"1.5\"", "\"NaN\"" })
            yield return ("credits that do not fit", Data("credits", credits));
    }

    private static IEnumerable<(string Kind, string Text)> Bombs()
    {
        foreach (var depth in new[] { 1100, 2000, 5000, 20_000, 100_000 })
        {
            yield return ("nested arrays", With("own", Nested('[', ']', depth)));
            yield return ("nested arrays in data", Data("own", Nested('[', ']', depth)));
            yield return ("nested arrays alone", Nested('[', ']', depth));
            yield return ("unclosed arrays", new string('[', depth));
            yield return ("nested objects", string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));
            yield return ("unclosed objects", string.Concat(Enumerable.Repeat("{\"a\":", depth)));
        }
    }

    private static IEnumerable<(string Kind, string Text)> NotEvents()
    {
        foreach (var text in new[] { "null", "true", "false", "0", "-0", "1e5", "\"event\"", "[]", "{}", "[{}]", "<event/>", "id=1", "{,}", "{\"id\"}", "{\"id\":}", "{'id':1}", "NaN", "Infinity", "\u0000", " ", "\n", "{}{}", "﻿x", "undefined", "#", "//", "{\"a\":1,}", "[1,]", "01", "+1", ".5", "1.", "\"\\x\"", "\"\\ud800\"" })
            yield return ("no event", text);
        var good = Charge.Good(1).ToJsonString();
        foreach (var tail in new[] { "x", "}", "]", "{}", good, ",", "\"", "null", "\u0000", "1", "//", "\n" + good })
            yield return ("something behind the event", good + tail);
        foreach (var head in new[] { "x", "{", "[", ",", "\"", "1", "//", "\u0000", "null " })
            yield return ("something before the event", head + good);
        foreach (var surrogate in new[] { "\\ud800", "\\udc00", "\\udfff\\ud800", "\\ud83d" })
        {
            yield return ("a lone surrogate", With("subject", $"\"{surrogate}\""));
            yield return ("a lone surrogate in data", Data("user_id", $"\"{surrogate}\""));
        }
    }

    private static string Nested(char open, char close, int depth) => new string(open, depth) + new string(close, depth);

    private static string Without(string name)
    {
        var charge = Charge.Good(1);
        charge.Remove(name);
        return charge.ToJsonString();
    }

    private static string With(string name, string json)
    {
        var charge = Charge.Good(1);
        charge[name] = "@here@";
        return charge.ToJsonString().Replace("\"@here@\"", json, StringComparison.Ordinal);
    }

    private static string Data(string name, string? json)
    {
        var charge = Charge.Good(1);
        var data = (JsonObject)charge["data"]!;
        if (json is null)
            data.Remove(name);
        else
            data[name] = "@here@";
        return charge.ToJsonString().Replace("\"@here@\"", json ?? "", StringComparison.Ordinal);
    }
}
