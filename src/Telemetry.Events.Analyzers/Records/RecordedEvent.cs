using Telemetry.Events.Analyzers.Model;

namespace Telemetry.Events.Analyzers.Records;

/// <summary>
/// One line of <c>Events.Shipped.txt</c> or <c>Events.Unshipped.txt</c>: <c>name topic delivery field:type,field:type?</c>,
/// where an event without fields has a hyphen in their place.
/// </summary>
internal sealed class RecordedEvent
{
    public const string RemovedMark = "*REMOVED*";
    private const string NoFields = "-";

    private readonly IReadOnlyList<KeyValuePair<string, string>> _fields;

    private RecordedEvent(string name, string topic, string delivery, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        Name = name;
        Topic = topic;
        Delivery = delivery;
        _fields = fields;
    }

    public string Name { get; }

    public string Topic { get; }

    public string Delivery { get; }

    public static RecordedEvent Of(EventModel model) => new(
        model.Name,
        model.Topic,
        model.Delivery.ToLowerInvariant(),
        [.. model.Fields.Select(field => new KeyValuePair<string, string>(field.WireName, field.Type.Signature))]);

    /// <returns>Null where the line is none; <paramref name="trouble"/> then says why.</returns>
    public static RecordedEvent? Parse(string line, out string trouble)
    {
        var columns = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        trouble = $"has {columns.Length} columns, not 4";
        if (columns.Length != 4)
            return null;
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var field in columns[3] == NoFields ? [] : SplitFields(columns[3]))
        {
            var colon = field.IndexOf(':');
            trouble = $"has '{field}' where a field:type belongs";
            if (colon <= 0 || colon == field.Length - 1)
                return null;
            fields.Add(new(field.Substring(0, colon), field.Substring(colon + 1)));
        }

        return new RecordedEvent(columns[0], columns[1], columns[2], fields);
    }

    /// <summary>What is different now, each difference in words; the order of fields is none, as JSON has none.</summary>
    public IEnumerable<string> DifferencesTo(RecordedEvent now)
    {
        if (Topic != now.Topic)
            yield return $"the topic was '{Topic}' and is '{now.Topic}'";
        if (Delivery != now.Delivery)
            yield return $"the delivery class was '{Delivery}' and is '{now.Delivery}'";
        foreach (var field in _fields)
        {
            var current = now.TypeOf(field.Key);
            if (current is null)
                yield return $"the field '{field.Key}' is gone";
            else if (current != field.Value)
                yield return $"the field '{field.Key}' was '{field.Value}' and is '{current}'";
        }

        foreach (var field in now._fields.Where(field => TypeOf(field.Key) is null))
            yield return $"the field '{field.Key}' is new";
    }

    public override string ToString() =>
        $"{Name} {Topic} {Delivery} {(_fields.Count == 0 ? NoFields : string.Join(",", _fields.Select(field => field.Key + ":" + field.Value)))}";

    private string? TypeOf(string field) => _fields.FirstOrDefault(own => own.Key == field).Value;

    // A comma within an object's braces belongs to the object.
    private static IEnumerable<string> SplitFields(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{')
                depth++;
            else if (text[i] == '}')
                depth--;
            else if (text[i] == ',' && depth == 0)
            {
                yield return text.Substring(start, i - start);
                start = i + 1;
            }
        }

        yield return text.Substring(start);
    }
}
