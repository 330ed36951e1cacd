using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Telemetry.Events.Envelope;

/// <summary>Writes, on the publishing thread, all of an envelope that only that thread knows. Safe for use from any thread.</summary>
internal sealed class EnvelopeWriter(EnvelopeSettings settings, TimeProvider time)
{
    private readonly bool _hasAttributesOfTheEvent = settings.ContextAccessor is not null || settings.Enrichers.Count > 0;

    // Keyed weakly: a descriptor made for one run-time name must not stay for good because it was published once.
    private readonly ConditionalWeakTable<EventDescriptor, EnvelopePrefix> _prefixes = [];

    /// <summary>Writes the event's record into <paramref name="scratch"/>. Throws what the payload throws.</summary>
    /// <param name="scratch">The calling thread's.</param>
    /// <param name="prefix">That of the event's kind, see <see cref="PrefixOf"/>.</param>
    /// <param name="data">The payload.</param>
    /// <param name="record">The record, a view of the scratch.</param>
    public void Write<TData>(EnvelopeScratch scratch, EnvelopePrefix prefix, in TData data, out EventRecord record)
        where TData : IEventData
    {
        record = default;
        record.Prefix = prefix;
        var now = time.GetUtcNow().UtcDateTime;
        record.Time = now;
        record.Id = scratch.Ids.Next(now);
        // Copied once; each call through a reference to an unknown struct would copy it again.
        var payload = data;
        var subject = payload.Subject;
        var key = payload.PartitionKey ?? subject;

        var writer = new EventDataWriter(scratch, subject);
        var activity = Activity.Current;
        var isTraced = activity?.IdFormat == ActivityIdFormat.W3C;
        if (isTraced)
            writer.WriteRaw(scratch.Traces.Format(activity!));
        record.Layout.TraceParentEnd = writer.Position;
        if (isTraced && activity!.TraceStateString is { Length: > 0 } state)
            writer.WriteAttribute(",\"tracestate\":"u8, state);
        if (_hasAttributesOfTheEvent)
            WriteAttributes(ref writer);

        writer.BeginData();
        payload.WriteData(ref writer);
        writer.EndData();
        record.Layout.MembersEnd = writer.Position;
        if (!string.IsNullOrEmpty(subject))
            WriteSubject(ref writer, subject, ref record.Layout);
        if (key == subject)
            (record.Layout.KeyStart, record.Layout.KeyLength) = (record.Layout.SubjectStart, record.Layout.SubjectLength);
        else
            WriteKey(ref writer, key, ref record.Layout);
        record.Layout.Length = writer.Position;
        record.Bytes = writer.Written;
    }

    /// <summary>What events of this kind begin with.</summary>
    public EnvelopePrefix PrefixOf(EventDescriptor descriptor)
    {
        // Nearly every process has one publisher, so that the descriptor itself can hold the prefix.
        var last = descriptor.LastPrefix;
        return last is not null && ReferenceEquals(last.Owner, this) ? last : FindPrefix(descriptor);
    }

    private static void WriteSubject(ref EventDataWriter writer, string subject, ref RecordLayout layout)
    {
        // A field of the payload, nearly always: then it stands in the data, and is written once.
        if (writer.SubjectStart > 0)
        {
            (layout.SubjectStart, layout.SubjectLength) = (writer.SubjectStart, subject.Length);
            return;
        }

        layout.SubjectStart = writer.Position;
        layout.KeyEscapes = writer.WriteAttributeText(subject);
        layout.SubjectLength = writer.Position - layout.SubjectStart;
    }

    private static void WriteKey(ref EventDataWriter writer, string? key, ref RecordLayout layout)
    {
        layout.KeyStart = writer.Position;
        layout.KeyEscapes = string.IsNullOrEmpty(key) ? 0 : writer.WriteAttributeText(key);
        layout.KeyLength = writer.Position - layout.KeyStart;
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private EnvelopePrefix FindPrefix(EventDescriptor descriptor)
    {
        var prefix = _prefixes.GetValue(descriptor, kind => EnvelopePrefix.Create(this, kind, settings));
        descriptor.LastPrefix = prefix;
        return prefix;
    }
}
