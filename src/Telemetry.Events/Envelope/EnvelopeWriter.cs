using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Telemetry.Events.Envelope;

/// <summary>Writes a structured-mode CloudEvents 1.0 object. Safe for use from any thread.</summary>
internal sealed class EnvelopeWriter(EnvelopeSettings settings, TimeProvider time)
{
    private const int TraceParentLength = 55;

    // Keyed weakly: a descriptor made for one run-time name must not stay for good because it was published once.
    private readonly ConditionalWeakTable<EventDescriptor, EnvelopePrefix> _prefixes = [];

    /// <summary>
    /// Encodes the event on the caller's thread, into <paramref name="scratch"/>, which the result is a view of. Throws what the
    /// payload throws.
    /// </summary>
    public EncodedEvent Write<TData>(EnvelopeScratch scratch, EventDescriptor descriptor, in TData data)
        where TData : IEventData
    {
        var prefix = PrefixOf(descriptor);
        var now = time.GetUtcNow().UtcDateTime;
        var id = scratch.Ids.Next(now);
        var subject = AttributeText.Clean(data.Subject);
        var key = AttributeText.Clean(data.PartitionKey) ?? subject;

        var writer = new EventDataWriter(scratch.Buffer, 0);
        writer.WriteRaw(prefix.Bytes);
        var bytes = scratch.Buffer.Bytes.AsSpan();
        id.TryFormat(bytes[prefix.IdOffset..], out _);
        scratch.Times.Write(now, bytes[prefix.TimeOffset..]);

        if (!string.IsNullOrEmpty(subject))
            writer.WriteString("subject"u8, subject);
        if (!string.IsNullOrEmpty(key))
            writer.WriteString("partitionkey"u8, key);
        var traceOffset = WriteTrace(ref writer);
        if (settings.ContextAccessor is { } accessor)
            WriteTenant(ref writer, accessor);
        if (settings.Enrichers.Count > 0)
            Enrich(ref writer);

        writer.WriteStartObject("data"u8);
        data.WriteData(ref writer);
        writer.WriteRaw("}}"u8);
        var bodyLength = writer.Position;
        if (!string.IsNullOrEmpty(key))
            WriteKey(ref writer, key);
        return new EncodedEvent(id, now, scratch.Buffer.Bytes.AsSpan(0, writer.Position), bodyLength, prefix.SequenceOffset, traceOffset);
    }

    // "00-{trace}-{span}-{flags}" from the activity's own strings: its Id property would build, and keep, one more.
    private static int WriteTrace(ref EventDataWriter writer)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } activity)
            return 0;

        writer.WriteRaw(",\"traceparent\":\"00-"u8);
        var offset = writer.Position - 3;
        writer.WriteAscii(activity.TraceId.ToHexString());
        writer.WriteRaw("-"u8);
        writer.WriteAscii(activity.SpanId.ToHexString());
        writer.WriteRaw(activity.Recorded ? "-01\""u8 : "-00\""u8);
        Debug.Assert(writer.Position - offset == TraceParentLength + 1, "A traceparent has 55 characters.");
        if (activity.TraceStateString is { Length: > 0 } state)
            writer.WriteString("tracestate"u8, AttributeText.Clean(state));
        return offset;
    }

    private void WriteTenant(ref EventDataWriter writer, IEventContextAccessor accessor)
    {
        if (accessor.TenantId is { } tenant)
            writer.WriteString("tenantid"u8, tenant);
        else
            writer.WriteString("tenantid"u8, settings.Context.TenantId);
    }

    private void Enrich(ref EventDataWriter writer)
    {
        var written = new HashSet<string>(settings.Attributes.Keys, StringComparer.Ordinal);
        foreach (var enricher in settings.Enrichers)
        {
            var attributes = new EventAttributeWriter(writer, written);
            try
            {
                enricher.Enrich(ref attributes);
                // Only now: what a failed enricher has written lies behind the position and is overwritten.
                writer = attributes.Writer;
            }
#pragma warning disable CA1031 // The application's code; the event matters more than what was to be added to it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                settings.EnricherFailed(enricher, exception);
                writer.Rebase();
            }
        }
    }

    private static void WriteKey(ref EventDataWriter writer, string key)
    {
        Span<byte> small = stackalloc byte[256];
        if (key.Length * JsonText.MaxBytesPerChar <= small.Length)
            writer.WriteRaw(small[..Encoding.UTF8.GetBytes(key, small)]);
        else
            writer.WriteRaw(Encoding.UTF8.GetBytes(key));
    }

    private EnvelopePrefix PrefixOf(EventDescriptor descriptor)
    {
        // Nearly every process has one publisher, so that the descriptor itself can hold the prefix.
        var last = descriptor.LastPrefix;
        if (last is not null && ReferenceEquals(last.Owner, this))
            return last;
        var prefix = _prefixes.GetValue(descriptor, kind => EnvelopePrefix.Create(this, kind, settings));
        descriptor.LastPrefix = prefix;
        return prefix;
    }
}
