namespace Telemetry.Collector.Measuring;

/// <summary>How states are stored and served. Never rename one.</summary>
internal static class ValueStateNames
{
    private static readonly Dictionary<ValueState, string> Names = new()
    {
        [ValueState.Measured] = "measured",
        [ValueState.Partial] = "partial",
        [ValueState.NoData] = "no_data",
    };

    public static string Of(ValueState state) => Names[state];

    /// <summary>The state of that name, or null.</summary>
    public static ValueState? Parse(string name)
    {
        foreach (var (state, known) in Names)
        {
            if (known == name)
                return state;
        }

        return null;
    }
}
