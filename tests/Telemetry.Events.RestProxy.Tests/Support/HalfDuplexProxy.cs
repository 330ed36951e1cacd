using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Telemetry.Events.RestProxy.Tests.Support;

/// <summary>
/// A v3 proxy that answers each record as soon as it has read it, and reads no further until the answer is on its way: its sockets'
/// buffers are small, as they are behind a slow network.
/// </summary>
internal sealed class HalfDuplexProxy : IDisposable
{
    private const int SendBufferBytes = 16 * 1024;
    private const string Entry =
        """{"error_code":200,"cluster_id":"c","topic_name":"events","partition_id":0,"offset":1,"timestamp":"2026-01-31T12:00:00.000Z","key":{"type":"BINARY","size":3},"value":{"type":"BINARY","size":9},"padding":"................................................"}""";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public HalfDuplexProxy()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}/";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private static async Task ServeAsync(Socket socket)
    {
        socket.SendBufferSize = SendBufferBytes;
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.Latin1, false, 64 * 1024);
        var answer = Encoding.ASCII.GetBytes($"{Entry.Length + 2:x}\r\n{Entry}\r\n\r\n");
        try
        {
            while (await ReadLengthAsync(reader) is { } length)
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
                var block = new char[16 * 1024];
                for (var read = 0; read < length;)
                {
                    var count = await reader.ReadAsync(block.AsMemory(0, Math.Min(block.Length, length - read)));
                    if (count == 0)
                        return;
                    read += count;
                    // A line each, the last one without an end.
                    var records = block.AsSpan(0, count).Count('\n') + (read == length ? 1 : 0);
                    for (var i = 0; i < records; i++)
                        await stream.WriteAsync(answer);
                }

                await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
            }
        }
        catch (IOException)
        {
            // The client gave up.
        }
    }

    /// <summary>The length of the next request's body; null at the end.</summary>
    private static async Task<int?> ReadLengthAsync(StreamReader reader)
    {
        int? length = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
                return length;
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.AsSpan("Content-Length:".Length), CultureInfo.InvariantCulture);
        }

        return null;
    }
}
