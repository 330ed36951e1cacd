namespace Telemetry.Events.Kafka;

/// <summary>Takes the secrets of one configuration out of texts that librdkafka writes: its log lines, errors and refusals.</summary>
internal sealed class SecretMask
{
    private readonly string[] _secrets;

    public SecretMask(IEnumerable<KeyValuePair<string, string>> properties) => _secrets =
    [
        .. properties
            .Where(property => property.Value.Length > 0 && KafkaSecrets.IsSecret(property.Key))
            .Select(property => property.Value)
            .Distinct(StringComparer.Ordinal)
            // One secret may be a part of another.
            .OrderByDescending(value => value.Length),
    ];

    public string Mask(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, KafkaSecrets.Masked, StringComparison.Ordinal);
        return text;
    }
}
