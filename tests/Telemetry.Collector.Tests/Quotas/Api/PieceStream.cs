namespace Telemetry.Collector.Tests.Quotas.Api;

/// <summary>Gives a few bytes at a time, and does not say how many there are.</summary>
internal sealed class PieceStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return Read(buffer.Span[..Math.Min(5, buffer.Length)]);
    }

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(5, count));
}
