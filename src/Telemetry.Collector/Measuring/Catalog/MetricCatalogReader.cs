using System.Text.Json;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>Turns a catalog file into a <see cref="MetricCatalog"/>, or into all of its mistakes at once.</summary>
internal sealed class MetricCatalogReader
{
    private const int Version = 1;

    private readonly CatalogMistakes _mistakes;
    private readonly Dictionary<string, MetricTarget> _targets = new(StringComparer.Ordinal);

    private MetricCatalogReader(string file) => _mistakes = new CatalogMistakes(file);

    /// <exception cref="MetricCatalogException">The file is wrong.</exception>
    public static MetricCatalog Read(byte[] utf8, string file)
    {
        var reader = new MetricCatalogReader(file);
        return reader.Read(Parse(utf8, file));
    }

    private static MetricCatalogFile Parse(byte[] utf8, string file)
    {
        try
        {
            ReadOnlySpan<byte> text = utf8;
            // A byte order mark, as some editors write it.
            text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
            return JsonSerializer.Deserialize(text, MetricCatalogJson.Default.MetricCatalogFile)
                ?? throw new JsonException("it is null", "$", 0, 0);
        }
        catch (JsonException exception)
        {
            var detail = exception.Message.Split(" Path: ")[0].TrimEnd('.');
            throw new MetricCatalogException(
                [$"The metric catalog '{file}' is wrong at {exception.Path ?? "$"}, line {(exception.LineNumber ?? 0) + 1}: {detail}. " +
                "Write it as metrics.schema.json says."]);
        }
    }

    private MetricCatalog Read(MetricCatalogFile file)
    {
        if (file.Version != Version)
            _mistakes.Add("$.version", file.Version, $"write {Version}");

        var replicaLabels = _mistakes.Each(file.ReplicaLabels ?? [], "$.replica_labels", ReadLabel);
        foreach (var target in _mistakes.Each(_mistakes.NotEmpty(file.Targets, "$.targets"), "$.targets", ReadTarget))
        {
            if (!_targets.TryAdd(target.Name, target))
                _mistakes.Add("$.targets", target.Name, "give every target a name of its own");
        }

        var metrics = _mistakes.Each(_mistakes.NotEmpty(file.Metrics, "$.metrics"), "$.metrics", ReadMetric);
        foreach (var twice in metrics.GroupBy(metric => metric.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            _mistakes.Add("$.metrics", twice.Key, "give every metric a name of its own");

        _mistakes.ThrowIfAny();
        return new MetricCatalog(replicaLabels, metrics);
    }

    private MetricTarget? ReadTarget(MetricCatalogFile.Target target, string path)
    {
        var name = _mistakes.Text(target.Name, $"{path}.name");
        var scope = _mistakes.OneOf<MetricScope>(target.Scope, $"{path}.scope");
        var find = _mistakes.Each(_mistakes.NotEmpty(target.Find, $"{path}.find"), $"{path}.find", ReadSelector);
        var labels = _mistakes.Each(_mistakes.NotEmpty(target.Labels, $"{path}.labels"), $"{path}.labels", ReadLabel);
        return scope is { } known ? new MetricTarget(name, known, find, labels) : null;
    }

    private MetricDefinition? ReadMetric(MetricCatalogFile.Metric metric, string path)
    {
        var name = _mistakes.Text(metric.Name, $"{path}.name");
        if (!CatalogNames.IsMetric(name) && name.Length > 0)
            _mistakes.Add($"{path}.name", name, "write lowercase parts with dots between, such as node.cpu");
        var (unit, integralUnit) = (_mistakes.Text(metric.Unit, $"{path}.unit"), _mistakes.Text(metric.IntegralUnit, $"{path}.integral_unit"));
        var kind = _mistakes.OneOf<MetricKind>(metric.Kind, $"{path}.kind");
        var aggregations = _mistakes.Each(
            _mistakes.NotEmpty(metric.Aggregations, $"{path}.aggregations"), $"{path}.aggregations",
            (text, at) => _mistakes.OneOf<MetricAggregation>(text, at) is { } one ? (object)one : null).Cast<MetricAggregation>().ToArray();
        if (kind is MetricKind.Gauge && aggregations.Contains(MetricAggregation.Own))
            _mistakes.Add($"{path}.aggregations", "own", "leave it out: a run's part is told for counters only");
        if (aggregations.Distinct().Count() < aggregations.Length)
            _mistakes.Add($"{path}.aggregations", string.Join(", ", metric.Aggregations!), "name each once");
        var sources = _mistakes.Each(
            _mistakes.NotEmpty(metric.Sources, $"{path}.sources"), $"{path}.sources", (source, at) => ReadSource(source, kind, at));
        return kind is { } known
            ? new MetricDefinition(name, known, unit, integralUnit, metric.Optional ?? false, aggregations, sources)
            : null;
    }

    private MetricSource? ReadSource(MetricCatalogFile.Source source, MetricKind? kind, string path)
    {
        var name = _mistakes.Text(source.Target, $"{path}.target");
        if (!_targets.TryGetValue(name, out var target) && name.Length > 0)
            _mistakes.Add($"{path}.target", name, $"name one of the targets: {string.Join(", ", _targets.Keys)}");
        var terms = _mistakes.Each(
            _mistakes.NotEmpty(source.Terms, $"{path}.terms"), $"{path}.terms", (term, at) => ReadTerm(term, kind, at));
        if (source.Capacity is { } capacity && !(capacity > 0 && double.IsFinite(capacity)))
            _mistakes.Add($"{path}.capacity", capacity, "write a number above 0, or leave it out");
        if (source.CapacityPer is { } label && (ReadLabel(label, $"{path}.capacity_per") is null || source.Capacity is null))
            _mistakes.Add($"{path}.capacity_per", label, "write a label's name, together with a capacity");
        if (source.FromZero == true && kind is MetricKind.Gauge)
            _mistakes.Add($"{path}.from_zero", "true", "leave it out: only counters begin from zero");
        return target is null ? null : new MetricSource(target, terms, source.Capacity, source.CapacityPer, source.FromZero ?? false);
    }

    private MetricTerm? ReadTerm(MetricCatalogFile.Term term, MetricKind? kind, string path)
    {
        var scale = term.Scale ?? 1;
        if (!double.IsFinite(scale) || scale == 0 || (scale < 0 && kind is MetricKind.Counter))
            _mistakes.Add($"{path}.scale", scale, "write a number that is not 0, and for a counter above 0");
        return ReadSelector(term.Select, $"{path}.select") is { } select ? new MetricTerm(select, scale) : null;
    }

    private SelectorTemplate? ReadSelector(string? text, string path)
    {
        if (SelectorTemplate.TryParse(text ?? "", out var template, out var fault))
            return template;
        _mistakes.Add(path, text, fault);
        return null;
    }

    private string? ReadLabel(string? text, string path)
    {
        if (CatalogNames.IsLabel(text))
            return text;
        _mistakes.Add(path, text, "write a label's name: letters, digits and '_', not beginning with a digit");
        return null;
    }
}
