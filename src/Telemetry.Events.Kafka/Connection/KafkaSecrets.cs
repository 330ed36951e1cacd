namespace Telemetry.Events.Kafka;

/// <summary>Keeps secrets out of messages. What looks like one is masked, even where it may be none.</summary>
internal static class KafkaSecrets
{
    public const string Masked = "***";

    private static readonly string[] SecretNames = ["password", "passphrase", "secret", "token", "pem", "jaas", "oauthbearer.config", "private"];

    /// <summary>Whether a property's value looks like a secret by the property's name.</summary>
    public static bool IsSecret(string property) =>
        SecretNames.Any(name => property.Contains(name, StringComparison.OrdinalIgnoreCase));

    public static string Mask(string property, string value) => IsSecret(property) ? Masked : value;

    /// <summary>Masks a text that may not even be an address: what stands before the last @, and secret-looking properties.</summary>
    public static string MaskUrl(string? text)
    {
        text ??= "";
        var query = text.IndexOf('?');
        var address = query < 0 ? text : text[..query];
        var at = address.LastIndexOf('@');
        if (at >= 0)
        {
            var scheme = address.IndexOf("://", StringComparison.Ordinal);
            address = (scheme >= 0 && scheme < at ? address[..(scheme + 3)] : "") + Masked + address[at..];
        }

        return query < 0 ? address : address + "?" + string.Join('&', text[(query + 1)..].Split('&').Select(MaskPair));
    }

    private static string MaskPair(string pair)
    {
        var equals = pair.IndexOf('=');
        // The name may be percent-encoded to hide from us, or the value may hold an @ that belongs to a password.
        return equals < 0 || pair.Contains('@') ? Masked : $"{pair[..(equals + 1)]}{Mask(Uri.UnescapeDataString(pair[..equals]), pair[(equals + 1)..])}";
    }
}
