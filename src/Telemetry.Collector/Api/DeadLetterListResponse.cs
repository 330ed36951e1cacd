namespace Telemetry.Collector.Api;

/// <summary>Records that could not be used, newest first.</summary>
/// <param name="DeadLetters">At most as many as the limit.</param>
public sealed record DeadLetterListResponse(IReadOnlyList<DeadLetterResponse> DeadLetters);
