using System.Net;

namespace Telemetry.Quota.Client;

/// <summary>What a call brought.</summary>
/// <param name="Status">The status; 0 where there was no reply.</param>
/// <param name="Body">The reply, where it could be read.</param>
/// <param name="Failure">Why there is no answer; null where there is one.</param>
internal readonly record struct QuotaExchange(HttpStatusCode Status, QuotaReply? Body, string? Failure);
