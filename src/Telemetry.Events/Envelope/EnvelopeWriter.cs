using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Telemetry.Events.Envelope;

/// <summary>Writes, on the publishing thread, all of an envelope that only that thread knows. Safe for use from any thread.</summary>
internal sealed class EnvelopeWriter(EnvelopeSettings settings, TimeProvider time)
{
    private readonly bool _hasAttributesOfTheEvent = settings.ContextAccessor is not null || settings.Enrichers.Count > 0;

    // Keyed weakly: a descriptor made for one run-time name must not stay for good because it was published once.
    private readonly ConditionalWeakTable<EventDescriptor, EnvelopePrefix> _prefixes = [];

    /// <summary>
    /// Writes the event's record into <paramref name="scratch"/>, which the result is a view of. Throws what the payload throws.
    /// </summary>
    public EventRecord Write<TData>(EnvelopeScratch scratch, EventDescriptor descriptor, in TData data)
        where TData : IEventData
    {
        var prefix = PrefixOf(descriptor);
        var now = time.GetUtcNow().UtcDateTime;
        var id = scratch.Ids.Next(now);
        // Copied once; each call through a reference to an unknown struct would copy it again.
        var payload = data;
        var subject = payload.Subject;
        var key = payload.PartitionKey ?? subject;

        var writer = new EventDataWriter(scratch);
        var escapes = 0;
        if (!string.IsNullOrEmpty(subject))
            escapes = writer.WriteAttributeText(subject);
        var subjectLength = writer.Position;
        var keyIsSubject = key == subject;
        if (!keyIsSubject)
            escapes = string.IsNullOrEmpty(key) ? 0 : writer.WriteAttributeText(key);
        var keyEnd = writer.Position;

        var activity = Activity.Current;
        if (activity?.IdFormat != ActivityIdFormat.W3C)
            activity = null;
        if (activity is not null)
            WriteTrace(ref writer, activity, scratch.Traces);
        if (_hasAttributesOfTheEvent)
            WriteAttributes(ref writer);

        writer.BeginData();
        payload.WriteData(ref writer);
        writer.EndData();
        var layout = new RecordLayout
        {
            Length = writer.Position,
            SubjectLength = subjectLength,
            KeyLength = keyIsSubject ? subjectLength : keyEnd - subjectLength,
            KeyEscapes = escapes,
            KeyIsSubject = keyIsSubject,
            HasTraceParent = activity is not null,
        };
        return new EventRecord(prefix, id, now, scratch.Bytes.AsSpan(0, writer.Position), layout);
    }

    private static void WriteTrace(ref EventDataWriter writer, Activity activity, TraceParentFormatter traces)
    {
        writer.WriteRaw(traces.Format(activity));
        if (activity.TraceStateString is { Length: > 0 } state)
            writer.WriteAttribute(",\"tracestate\":"u8, state);
    }

    private void WriteAttributes(ref EventDataWriter writer)
    {
        if (settings.ContextAccessor is { } accessor)
            WriteTenant(ref writer, accessor);
        if (settings.Enrichers.Count > 0)
            Enrich(ref writer);
    }

    private void WriteTenant(ref EventDataWriter writer, IEventContextAccessor accessor)
    {
        if (accessor.TenantId is { } tenant)
            writer.WriteAttribute(",\"tenantid\":"u8, tenant);
        else if (settings.Context.TenantId is { } machine)
            writer.WriteAttribute(",\"tenantid\":"u8, machine);
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
