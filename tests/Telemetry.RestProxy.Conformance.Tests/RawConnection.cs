using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Telemetry.RestProxy.Conformance.Tests;

/// <summary>An HTTP/1.1 connection byte by byte, for what HttpClient hides or does not do.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly StringBuilder _received = new();

    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var connection = new RawConnection();
        await connection._tcp.ConnectAsync(server.Host, server.Port);
        return connection;
    }

    public async Task SendAsync(string text) => await _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a piece of a chunked body; an empty one ends it.</summary>
    public Task SendChunkAsync(string text) =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n"));

    /// <summary>All that has come, once it holds a text.</summary>
    public async Task<string> ReceiveUntilAsync(string text)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[4096];
        while (!_received.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await _tcp.GetStream().ReadAsync(buffer, deadline.Token);
            Assert.True(count > 0, $"The connection ended before '{text}' came: {_received}");
            _received.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return _received.ToString();
    }

    public void Dispose() => _tcp.Dispose();
}
