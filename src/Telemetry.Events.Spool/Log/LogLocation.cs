using System.Text;

namespace Telemetry.Events.Spool.Log;

/// <summary>The directory of one lane's log inside an instance's: <c>{class}-{transport}</c>.</summary>
internal sealed record LogLocation(string Directory, string Transport, DeliveryClass Delivery)
{
    public static LogLocation Of(string instance, string transport, DeliveryClass delivery) =>
        new(Path.Combine(instance, $"{delivery.ToString().ToLowerInvariant()}-{Escape(transport)}"), transport, delivery);

    public static LogLocation? TryParse(string directory)
    {
        var name = Path.GetFileName(directory);
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Enum.TryParse<DeliveryClass>(name[..dash], ignoreCase: true, out var delivery) && Enum.IsDefined(delivery)
            ? new LogLocation(directory, Uri.UnescapeDataString(name[(dash + 1)..]), delivery)
            : null;
    }

    // A transport's name may be anything, a file's may not.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_')
                escaped.Append((char)value);
            else
                escaped.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
