using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>A <see cref="RunFilter"/> in SQL.</summary>
internal static class RunCondition
{
    /// <summary>The condition, which holds for every row where the filter is empty, and its parameters.</summary>
    /// <exception cref="ArgumentException">A text has the character U+0000, which no stored text has.</exception>
    public static (string Sql, (string Name, object? Value)[] Parameters) Of(RunFilter filter)
    {
        List<string> conditions = ["1"];
        List<(string, object?)> parameters = [];
        Equal("user_id", filter.UserId);
        Equal("task_id", filter.TaskId);
        Equal("state", filter.State is { } state ? RunStateNames.Of(state) : null);
        Equal("kind", filter.Kind is { } kind ? RunKindNames.Of(kind) : null);
        Equal("node", filter.Node);
        Equal("model", filter.Model);
        Began(">=", "from", filter.From);
        Began("<", "to", filter.To);
        return (string.Join(" AND ", conditions), [.. parameters]);

        void Equal(string column, string? value)
        {
            if (value is null)
                return;
            if (value.Contains('\0'))
                throw new ArgumentException($"The text for {column} has the character U+0000.", nameof(filter));
            conditions.Add($"{column} = {{{column}:String}}");
            parameters.Add((column, value));
        }

        void Began(string comparison, string parameter, DateTimeOffset? moment)
        {
            if (moment is null)
                return;
            conditions.Add($"began_at {comparison} {RunTable.Moment(parameter)}");
            parameters.Add((parameter, RunTable.Microseconds(moment.Value)));
        }
    }
}
