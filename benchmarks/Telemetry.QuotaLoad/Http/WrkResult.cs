namespace Telemetry.QuotaLoad.Http;

/// <summary>What wrk measured.</summary>
/// <param name="RequestsPerSecond">Requests a second.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record WrkResult(double RequestsPerSecond, double P50, double P99);
