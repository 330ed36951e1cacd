using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Telemetry.Events.Envelope;

/// <summary>Writes a structured-mode CloudEvents 1.0 object. Safe for use from any thread.</summary>
internal sealed class EnvelopeWriter
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // The relaxed encoder leaves text in other scripts as UTF-8 instead of six characters a letter. The result goes to
        // brokers and parsers; whoever shows it in a page escapes it there.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonEncodedText SpecVersion = JsonEncodedText.Encode(EnvelopeAttributes.SpecVersion);
    private static readonly JsonEncodedText SpecVersionValue = JsonEncodedText.Encode("1.0");
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode(EnvelopeAttributes.Id);
    private static readonly JsonEncodedText Source = JsonEncodedText.Encode(EnvelopeAttributes.Source);
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode(EnvelopeAttributes.Type);
    private static readonly JsonEncodedText Time = JsonEncodedText.Encode(EnvelopeAttributes.Time);
    private static readonly JsonEncodedText ContentType = JsonEncodedText.Encode(EnvelopeAttributes.DataContentType);
    private static readonly JsonEncodedText ContentTypeValue = JsonEncodedText.Encode("application/json", WriterOptions.Encoder);
    private static readonly JsonEncodedText Subject = JsonEncodedText.Encode(EnvelopeAttributes.Subject);
    private static readonly JsonEncodedText PartitionKey = JsonEncodedText.Encode(EnvelopeAttributes.PartitionKey);
    private static readonly JsonEncodedText Producer = JsonEncodedText.Encode(EnvelopeAttributes.Producer);
    private static readonly JsonEncodedText Sequence = JsonEncodedText.Encode(EnvelopeAttributes.Sequence);
    private static readonly JsonEncodedText TraceParent = JsonEncodedText.Encode(EnvelopeAttributes.TraceParent);
    private static readonly JsonEncodedText TraceState = JsonEncodedText.Encode(EnvelopeAttributes.TraceState);
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode(EnvelopeAttributes.Data);
    private static readonly JsonEncodedText SequencePlaceholder = JsonEncodedText.Encode(new string('0', EncodedEvent.SequenceDigits));

    [ThreadStatic]
    private static Scratch? t_scratch;

    private readonly TimeProvider _time;
    private readonly JsonEncodedText _source;
    private readonly JsonEncodedText _producer;
    private readonly (JsonEncodedText Name, JsonEncodedText Value)[] _context;

    public EnvelopeWriter(string serviceName, EventContextOptions context, string producer, TimeProvider time)
    {
        _time = time;
        _source = Encode("/" + serviceName);
        _producer = Encode(producer);
        _context =
        [
            .. Attribute(EnvelopeAttributes.TenantId, context.TenantId),
            .. Attribute(EnvelopeAttributes.NodeId, context.NodeId),
            .. Attribute(EnvelopeAttributes.VmType, context.VmType),
            .. Attribute(EnvelopeAttributes.HostName, context.HostName),
            .. Attribute(EnvelopeAttributes.StorageSize, context.StorageSize),
            .. Attribute(EnvelopeAttributes.StorageType, context.StorageType),
        ];
    }

    /// <summary>Encodes the event on the caller's thread. Throws what the payload throws.</summary>
    public EncodedEvent Write<TData>(EventDescriptor descriptor, in TData data)
        where TData : IEventData
    {
        // A payload may itself publish an event while it is written; it then finds no scratch and makes one of its own.
        var scratch = t_scratch ?? new Scratch();
        t_scratch = null;
        try
        {
            scratch.Reset();
            return Write(scratch, descriptor, data);
        }
        finally
        {
            t_scratch = scratch;
        }
    }

    private EncodedEvent Write<TData>(Scratch scratch, EventDescriptor descriptor, in TData data)
        where TData : IEventData
    {
        var json = scratch.Json;
        var now = _time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var subject = AttributeText.Clean(data.Subject);
        var key = AttributeText.Clean(data.PartitionKey) ?? subject;

        json.WriteStartObject();
        json.WriteString(SpecVersion, SpecVersionValue);
        json.WriteString(Id, id);
        json.WriteString(Source, _source);
        json.WriteString(Type, descriptor.EncodedName);
        json.WriteString(Time, now.UtcDateTime);
        json.WriteString(ContentType, ContentTypeValue);
        if (!string.IsNullOrEmpty(subject))
            json.WriteString(Subject, subject);
        if (!string.IsNullOrEmpty(key))
            json.WriteString(PartitionKey, key);
        foreach (var (name, value) in _context)
            json.WriteString(name, value);
        json.WriteString(Producer, _producer);
        json.WriteString(Sequence, SequencePlaceholder);
        var sequenceOffset = (int)(json.BytesCommitted + json.BytesPending) - EncodedEvent.SequenceDigits - 1;
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString(TraceParent, activity.Id);
            if (!string.IsNullOrEmpty(activity.TraceStateString))
                json.WriteString(TraceState, AttributeText.Clean(activity.TraceStateString));
        }

        json.WriteStartObject(Data);
        var writer = new EventDataWriter(json);
        data.WriteData(ref writer);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();

        var keyBytes = string.IsNullOrEmpty(key) ? [] : Encoding.UTF8.GetBytes(key);
        return new EncodedEvent(id, keyBytes, scratch.Buffer.WrittenSpan.ToArray(), sequenceOffset);
    }

    private static IEnumerable<(JsonEncodedText Name, JsonEncodedText Value)> Attribute(string name, string? value) =>
        value is null ? [] : [(JsonEncodedText.Encode(name), Encode(AttributeText.Clean(value)))];

    private static JsonEncodedText Encode(string value) => JsonEncodedText.Encode(value, WriterOptions.Encoder);

    /// <summary>Owned by one thread. A buffer that one huge event has blown up is let go at the next reset.</summary>
    private sealed class Scratch
    {
        private const int KeptCapacity = 64 * 1024;

        public ArrayBufferWriter<byte> Buffer { get; private set; } = new(1024);

        public Utf8JsonWriter Json { get; private set; }

        public Scratch() => Json = new Utf8JsonWriter(Buffer, WriterOptions);

        public void Reset()
        {
            if (Buffer.Capacity > KeptCapacity)
                Buffer = new ArrayBufferWriter<byte>(1024);
            else
                Buffer.ResetWrittenCount();
            Json.Reset(Buffer);
        }
    }
}
