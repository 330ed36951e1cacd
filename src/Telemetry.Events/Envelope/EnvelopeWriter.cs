using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Telemetry.Events.Envelope;

/// <summary>Writes a structured-mode CloudEvents 1.0 object. Safe for use from any thread.</summary>
internal sealed class EnvelopeWriter(EnvelopeSettings settings, TimeProvider time)
{
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
        // Copied once; each call through a reference to an unknown struct would copy it again.
        var payload = data;
        var subject = payload.Subject;
        var key = payload.PartitionKey ?? subject;

        var writer = new EventDataWriter(scratch.Buffer, 0);
        writer.WriteRaw(prefix.Bytes);
        var bytes = scratch.Buffer.Bytes.AsSpan();
        id.TryFormat(bytes[prefix.IdOffset..], out _);
        scratch.Times.Write(now, bytes[prefix.TimeOffset..]);

        if (!string.IsNullOrEmpty(subject))
            writer.WriteAttribute(",\"subject\":"u8, subject);
        if (!string.IsNullOrEmpty(key))
            writer.WriteAttribute(",\"partitionkey\":"u8, key);
        var traceOffset = WriteTrace(ref writer, scratch.Traces);
        if (settings.ContextAccessor is { } accessor)
            WriteTenant(ref writer, accessor);
        if (settings.Enrichers.Count > 0)
            Enrich(ref writer);

        writer.WriteRaw(",\"data\":{"u8);
        payload.WriteData(ref writer);
        writer.WriteRaw("}}"u8);
        var bodyLength = writer.Position;
        if (!string.IsNullOrEmpty(key))
            writer.WriteUtf8(key);
        return new EncodedEvent(id, now, scratch.Buffer.Bytes.AsSpan(0, writer.Position), bodyLength, prefix.SequenceOffset, traceOffset);
    }

    private static int WriteTrace(ref EventDataWriter writer, TraceParentFormatter traces)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } activity)
            return 0;

        writer.WriteRaw(",\"traceparent\":\""u8);
        var offset = writer.Position;
        writer.WriteRaw(traces.Format(activity));
        writer.WriteRaw("\""u8);
        if (activity.TraceStateString is { Length: > 0 } state)
            writer.WriteAttribute(",\"tracestate\":"u8, state);
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
