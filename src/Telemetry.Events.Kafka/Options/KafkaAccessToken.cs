namespace Telemetry.Events.Kafka;

/// <summary>An OAuth 2.0 bearer token for a Kafka connection (KIP-255).</summary>
/// <param name="Value">The token as the identity provider gave it. A secret.</param>
/// <param name="ExpiresAt">When it expires; it is renewed after four fifths of its life.</param>
/// <param name="PrincipalName">Whom it stands for; only brokers' logs show it.</param>
public sealed record KafkaAccessToken(string Value, DateTimeOffset ExpiresAt, string PrincipalName = "telemetry-events")
{
    /// <summary>Leaves the token itself out.</summary>
    public override string ToString() => $"{nameof(KafkaAccessToken)} of {PrincipalName}, expires {ExpiresAt:O}";
}
