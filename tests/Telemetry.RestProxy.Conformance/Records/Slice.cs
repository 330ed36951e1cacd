namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>A part of a batch's buffer.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    public static Slice Null { get; } = new(-1, 0);

    public bool IsNull => Start < 0;

    public ReadOnlySpan<byte> In(byte[] buffer) => IsNull ? default : buffer.AsSpan(Start, Length);
}
