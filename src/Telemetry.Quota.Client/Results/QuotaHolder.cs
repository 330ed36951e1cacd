namespace Telemetry.Quota.Client;

/// <summary>A task that holds some of a user's credits.</summary>
/// <param name="ReservationId">Its reservation.</param>
/// <param name="Task">The task.</param>
/// <param name="Outstanding">What it holds now.</param>
/// <param name="ExpiresAt">When it is free again at the latest.</param>
public sealed record QuotaHolder(string ReservationId, string Task, decimal Outstanding, DateTimeOffset ExpiresAt);
