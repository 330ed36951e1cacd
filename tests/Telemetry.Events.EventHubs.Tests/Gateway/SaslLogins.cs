using System.Collections.Concurrent;
using System.Text;

namespace Telemetry.Events.EventHubs.Tests.Gateway;

/// <summary>Who may log in: shared access keys as Event Hubs takes them, and tokens with the time of their expiry.</summary>
internal sealed class SaslLogins
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new();
    private int _attempts;

    /// <summary>The connection string that is the password; null refuses every password.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>All logins that were tried, refused ones included.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>The tokens that somebody logged in with.</summary>
    public ConcurrentDictionary<string, int> Used { get; } = new();

    public void Issue(string token, DateTimeOffset expiresAt) => _tokens[token] = expiresAt;

    /// <summary>When the login ends, or the reason for refusing it.</summary>
    public (DateTimeOffset Ends, string? Error) Check(string mechanism, byte[] message)
    {
        Interlocked.Increment(ref _attempts);
        var text = Encoding.UTF8.GetString(message);
        if (mechanism == "PLAIN")
        {
            var parts = text.Split('\0');
            return parts is ["", "$ConnectionString", var password] && password == ConnectionString
                ? (DateTimeOffset.MaxValue, null)
                : (default, "Invalid credentials.");
        }

        const string Marker = "auth=Bearer ";
        var start = text.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        var token = text[start..text.IndexOf('\u0001', start)];
        if (!_tokens.TryGetValue(token, out var expiry) || expiry <= DateTimeOffset.UtcNow)
            return (default, "The token is unknown or expired.");
        Used.AddOrUpdate(token, 1, (_, count) => count + 1);
        return (expiry, null);
    }
}
