using System.Buffers;
using System.Globalization;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>A row's place in <c>runs</c> and <c>run_revisions</c>. It never changes: both follow from the event that names the run.</summary>
/// <param name="BeganAt">The time of the start; of a run without one, of the finish.</param>
/// <param name="RunId">The run's id.</param>
internal readonly record struct RunKey(DateTimeOffset BeganAt, string RunId)
{
    private const int IdLength = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>As a tuple in SQL. Nothing of it comes from outside: the id is checked to be one of ours.</summary>
    public string Sql => string.Create(CultureInfo.InvariantCulture, $"('{BeganAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}','{Checked(RunId)}')");

    public static RunKey Of(Run run) => new((run.StartedAt ?? run.FinishedAt)!.Value, run.Id);

    /// <summary>Of the row that has this event for its name, if there is one.</summary>
    public static RunKey Of(RunEvent named) => new(named.Time, Runs.RunId.For(named.Kind, named.TaskId, named.EventId));

    /// <summary>Whether a text can be the id of a run: 32 lower-case hexadecimal digits.</summary>
    public static bool IsId(string text) => text.Length == IdLength && !text.AsSpan().ContainsAnyExcept(Digits);

    /// <exception cref="ArgumentException">The text is no id; the caller has to ask before.</exception>
    public static string Checked(string runId) => IsId(runId) ? runId : throw new ArgumentException($"'{runId}' is no id of a run.", nameof(runId));
}
