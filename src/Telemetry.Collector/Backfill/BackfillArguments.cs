using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Telemetry.Collector.Backfill;

/// <summary>The command line of <c>telemetry-collector measure</c>.</summary>
/// <param name="From">The first start of a run to be measured again.</param>
/// <param name="To">Behind the last.</param>
/// <param name="Settings">What is configuration.</param>
internal sealed record BackfillArguments(DateTimeOffset From, DateTimeOffset To, string[] Settings)
{
    public const string Command = "measure";
    public const string Usage = "telemetry-collector measure --from 2026-08-01T00:00:00Z --to 2026-08-02T00:00:00Z [--Collector:… …]";

    /// <summary>Reads the command line after the command.</summary>
    public static bool TryParse(
        string[] args, [NotNullWhen(true)] out BackfillArguments? arguments, [NotNullWhen(false)] out string? problem)
    {
        (arguments, problem) = (null, null);
        DateTimeOffset? from = null, to = null;
        List<string> settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is not ("--from" or "--to"))
            {
                settings.Add(args[i]);
                continue;
            }

            var (name, text) = (args[i], i + 1 < args.Length ? args[++i] : "");
            // Without an offset, whose midnight it is would depend on the machine.
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment)
                || !(text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal)))
            {
                problem = $"{name} '{text}' is no time with an offset. Write it as 2026-08-01T00:00:00Z: {Usage}";
                return false;
            }

            if (name is "--from")
                from = moment;
            else
                to = moment;
        }

        if (from is not { } first || to is not { } last)
            problem = $"{(from is null ? "--from" : "--to")} is missing: {Usage}";
        else if (first >= last)
            problem = $"--from {first:O} is not before --to {last:O}: exchange them.";
        else
            arguments = new BackfillArguments(first, last, [.. settings]);
        return arguments is not null;
    }
}
