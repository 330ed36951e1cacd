namespace Telemetry.QuotaLoad.Http;

/// <summary>What is asked for.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Url">The address.</param>
/// <param name="Body">What is posted; null for a GET.</param>
internal sealed record WrkTarget(string Name, string Url, string? Body);
