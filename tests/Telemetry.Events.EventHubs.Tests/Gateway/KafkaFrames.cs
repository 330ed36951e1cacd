using System.Buffers.Binary;
using System.Text;

namespace Telemetry.Events.EventHubs.Tests.Gateway;

/// <summary>What the gateway must understand of Kafka's wire protocol: frames, the head of a request, and three kinds of answers.</summary>
internal static class KafkaFrames
{
    public const short Metadata = 3;
    public const short FindCoordinator = 10;
    public const short SaslHandshake = 17;
    public const short ApiVersions = 18;
    public const short SaslAuthenticate = 36;

    private const int HeaderBytes = 8;

    /// <summary>The next frame without its length, or null at the end of the stream.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = new byte[4];
        if (await stream.ReadAtLeastAsync(length, 4, throwOnEndOfStream: false, cancellationToken) < 4)
            return null;
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(frame, cancellationToken);
        return frame;
    }

    public static async Task WriteAsync(Stream stream, byte[] frame, CancellationToken cancellationToken)
    {
        var bytes = new byte[4 + frame.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, frame.Length);
        frame.CopyTo(bytes, 4);
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    public static (short Api, short Version, int Correlation) Head(byte[] request) => (
        BinaryPrimitives.ReadInt16BigEndian(request),
        BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(2)),
        BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(4)));

    /// <summary>The body behind the head and the client's id.</summary>
    public static ReadOnlySpan<byte> Body(byte[] request)
    {
        var clientId = BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(HeaderBytes));
        return request.AsSpan(HeaderBytes + 2 + Math.Max((short)0, clientId));
    }

    public static string ReadString(ReadOnlySpan<byte> body) =>
        Encoding.UTF8.GetString(body.Slice(2, BinaryPrimitives.ReadInt16BigEndian(body)));

    public static byte[] ReadBytes(ReadOnlySpan<byte> body) =>
        body.Slice(4, BinaryPrimitives.ReadInt32BigEndian(body)).ToArray();

    /// <summary>Puts the gateway's port where an answer names the broker's. The host's text is the same, so that no length changes.</summary>
    public static void ReplacePort(byte[] response, int brokerPort, int gatewayPort)
    {
        var wanted = "127.0.0.1\0\0\0\0"u8.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(wanted.AsSpan(9), brokerPort);
        var from = 0;
        while (response.AsSpan(from).IndexOf(wanted) is >= 0 and var at)
        {
            BinaryPrimitives.WriteInt32BigEndian(response.AsSpan(from + at + 9), gatewayPort);
            from += at + wanted.Length;
        }
    }

    /// <summary>Adds the two SASL requests, which the embedded broker does not know, to what the broker says it can.</summary>
    public static byte[] AddSasl(byte[] response, short requestVersion)
    {
        // correlation id, error code, number of entries; from version 3 on as a varint that is one more, with tags in each entry.
        var error = BinaryPrimitives.ReadInt16BigEndian(response.AsSpan(4));
        var flexible = requestVersion >= 3 && error == 0;
        if (!flexible)
        {
            BinaryPrimitives.WriteInt32BigEndian(response.AsSpan(6), BinaryPrimitives.ReadInt32BigEndian(response.AsSpan(6)) + 2);
            return [.. response[..10], 0, 17, 0, 0, 0, 1, 0, 36, 0, 0, 0, 1, .. response[10..]];
        }

        if (response[6] >= 0x7D)
            throw new NotSupportedException("The broker names so many requests that their number takes two bytes.");
        response[6] += 2;
        return [.. response[..7], 0, 17, 0, 0, 0, 1, 0, 0, 36, 0, 0, 0, 1, 0, .. response[7..]];
    }

    public static byte[] HandshakeAnswer(int correlation, bool known, params string[] mechanisms)
    {
        var writer = new KafkaWriter().Int32(correlation).Int16(known ? (short)0 : (short)33).Int32(mechanisms.Length);
        foreach (var mechanism in mechanisms)
            writer.String(mechanism);
        return writer.ToArray();
    }

    public static byte[] AuthenticateAnswer(int correlation, short version, string? error, TimeSpan sessionLifetime)
    {
        var writer = new KafkaWriter().Int32(correlation).Int16(error is null ? (short)0 : (short)58).String(error).Bytes([]);
        return (version >= 1 ? writer.Int64((long)sessionLifetime.TotalMilliseconds) : writer).ToArray();
    }
}
