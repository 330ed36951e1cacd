using System.Text.Json;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits.File;

/// <summary>Reads the limits file, which is how limits are kept in a repository (docs/quota.md).</summary>
internal static class LimitsFile
{
    private const int Version = 1;

    /// <summary>The file's entries.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="path">Its name, for sentences.</param>
    /// <param name="resources">The resources that there are.</param>
    /// <exception cref="LimitsFileException">It is wrong: with every mistake's place, value and fix.</exception>
    public static IReadOnlyDictionary<LimitSubject, LimitSet> Read(ReadOnlySpan<byte> utf8, string path, KnownResources resources)
    {
        var document = Parse(utf8, path)!;
        var mistakes = new LimitMistakes($"The limits file '{path}' is wrong at ");
        var reader = new LimitReader(mistakes, resources);
        if (document.Version != Version)
            mistakes.Add("$.version", document.Version, $"write {Version}");

        Dictionary<LimitSubject, LimitSet> entries = [];
        HashSet<string> plans = [.. document.Plans?.Keys ?? []];
        Add(LimitKind.Plan, document.Plans, "$.plans");
        Add(LimitKind.Tenant, document.Tenants, "$.tenants");
        Add(LimitKind.User, document.Users, "$.users");
        if (document.DefaultPlan is { } standard)
        {
            CheckPlan(standard, "$.default_plan");
            entries.Add(LimitSubject.Default, new LimitSet(standard, LimitSet.Empty.Limits));
        }

        return mistakes.Any ? throw new LimitsFileException(mistakes.Sentences) : entries;

        void Add(LimitKind kind, IReadOnlyDictionary<string, LimitSetDocument?>? sets, string at)
        {
            foreach (var (name, set) in sets ?? new Dictionary<string, LimitSetDocument?>())
            {
                if (kind == LimitKind.Plan ? !LimitNames.IsPlan(name) : !LimitNames.IsId(name))
                    mistakes.Add(at, name, $"write {(kind == LimitKind.Plan ? LimitNames.PlanForm : LimitNames.IdForm)}");
                if (set is null)
                {
                    mistakes.Add($"{at}.{name}", null, "write an object, or remove the name");
                    continue;
                }

                if (kind == LimitKind.Plan && set.Plan is { } plan)
                    mistakes.Add($"{at}.{name}.plan", plan, "leave it out: a plan has no plan");
                else if (set.Plan is not null)
                    CheckPlan(set.Plan, $"{at}.{name}.plan");
                entries.Add(new LimitSubject(kind, name), reader.ReadSet(set with { Plan = kind == LimitKind.Plan ? null : set.Plan }, $"{at}.{name}"));
            }
        }

        void CheckPlan(string plan, string at)
        {
            if (!plans.Contains(plan))
                mistakes.Add(at, plan, plans.Count == 0 ? "describe the plan in $.plans" : $"name one of the file's plans ({string.Join(", ", plans)})");
        }
    }

    private static LimitsFileDocument Parse(ReadOnlySpan<byte> text, string path)
    {
        try
        {
            // A byte order mark, as some editors write it.
            text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
            return JsonSerializer.Deserialize(text, LimitJson.Default.LimitsFileDocument)
                ?? throw new JsonException("it is null", "$", 0, 0);
        }
        catch (JsonException exception)
        {
            throw new LimitsFileException(
                [$"The limits file '{path}' is wrong at {exception.Path ?? "$"}, line {(exception.LineNumber ?? 0) + 1}: " +
                $"{LimitBody.Detail(exception)}. Write it as quota-limits.schema.json says."]);
        }
    }
}
