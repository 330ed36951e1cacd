namespace Telemetry.Collector.Quotas.Log;

/// <summary>The state log failed.</summary>
/// <param name="message">A sentence that says why, without secrets.</param>
/// <param name="isOutcomeUnknown">Whether the records may be there all the same.</param>
/// <param name="inner">The cause.</param>
internal sealed class StateLogException(string message, bool isOutcomeUnknown, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the records may be there all the same.</summary>
    public bool IsOutcomeUnknown { get; } = isOutcomeUnknown;
}
