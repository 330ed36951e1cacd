namespace Telemetry.Collector.Quotas.Reading;

/// <summary>Reads the attributes of a plain event, up to its data.</summary>
internal ref struct PlainEnvelope
{
    private const int SpecVersion = 1;
    private const int TypeName = 2;
    private const int Source = 4;
    private const int Id = 8;
    private const int Time = 16;
    private const int Sequence = 32;
    private const int Tenant = 64;
    private const int Required = SpecVersion | TypeName | Source | Id | Time;

    /// <summary>Bits of the attributes that were read, of those that matter.</summary>
    public int Seen { get; set; }

    /// <summary>The same at the sequence, where type, version and source came before and id and time did not; else 0.</summary>
    public int SeenBeforeSequence { get; private set; }

    public ReadOnlySpan<byte> Type { get; private set; }

    public bool TryRead(scoped ref PlainJson json, ref UsageRecord record)
    {
        while (json.TryTakeName(out var name))
        {
            if (name.SequenceEqual("data"u8))
                return (Seen & Required) == Required && json.TryTake((byte)'{');
            if (!json.TryTakeText(out var text) || !TryTakeAttribute(BitOf(name), text, ref record) || !json.TryTake((byte)','))
                return false;
        }

        return false;
    }

    private bool TryTakeAttribute(int bit, ReadOnlySpan<byte> text, ref UsageRecord record)
    {
        // Of a name that comes twice, the decoders take the last one.
        if ((Seen & bit) != 0 || ((bit & Required) != 0 && text.IsEmpty))
            return false;
        switch (bit)
        {
            case Id:
                record.Id = text;
                break;
            case TypeName:
                Type = text;
                break;
            case Tenant:
                record.Tenant = text;
                break;
            case Time when !PlainTime.TryRead(text, out record.Time):
            case SpecVersion when !text.SequenceEqual("1.0"u8):
            case Sequence when !IsSequence(text):
                return false;
            case Sequence when (Seen & Required) == (SpecVersion | TypeName | Source):
                SeenBeforeSequence = Seen;
                break;
        }

        Seen |= bit;
        return true;
    }

    // At most 20 digits and 64 bits; of 20 digits the SDK's begin with a zero.
    private static bool IsSequence(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 20 && (text.Length < 20 || text[0] == (byte)'0') && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static int BitOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => Id,
        4 when name.SequenceEqual("type"u8) => TypeName,
        4 when name.SequenceEqual("time"u8) => Time,
        6 when name.SequenceEqual("source"u8) => Source,
        8 when name.SequenceEqual("sequence"u8) => Sequence,
        8 when name.SequenceEqual("tenantid"u8) => Tenant,
        11 when name.SequenceEqual("specversion"u8) => SpecVersion,
        _ => 0,
    };
}
