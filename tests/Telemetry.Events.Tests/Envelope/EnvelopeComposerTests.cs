using System.Text;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Envelope;

public class EnvelopeComposerTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly EnvelopeScratch _scratch = new();
    private readonly EnvelopeComposer _composer = new();
    private readonly EnvelopeWriter _writer = new(new EnvelopeSettings { ServiceName = "s", Producer = "p" }, new FakeTimeProvider(Now));

    [Property(MaxTest = 500)]
    public void An_event_takes_exactly_the_bytes_that_were_said_at_admission(string? text, string? subject, string? key)
    {
        var (outgoing, length) = Compose(new UsageSample(text!, subject, key));

        Assert.Equal(length, outgoing.Body.Length + outgoing.Key.Length);
    }

    [Property(MaxTest = 500)]
    public void The_key_is_the_partitionkey_without_what_JSON_adds(string? subject, string? key)
    {
        var (outgoing, _) = Compose(new UsageSample("x", subject, key));

        Assert.True(EventEnvelopeReader.TryRead(outgoing.Body, out var envelope, out var error), error);
        Assert.Equal(envelope.GetAttribute(EnvelopeAttributes.PartitionKey) ?? "", Encoding.UTF8.GetString(outgoing.Key.Span));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("plain", "other")]
    [InlineData(null, "of its own")]
    [InlineData("a \"quoted\" one", null)]
    [InlineData("x", "back\\slash and \"quote\"")]
    [InlineData("größe", "größe")]
    public void The_key_is_not_mistaken_for_the_subject(string? subject, string? key)
    {
        var (outgoing, length) = Compose(new UsageSample("x", subject, key));

        Assert.True(EventEnvelopeReader.TryRead(outgoing.Body, out var envelope, out var error), error);
        Assert.Equal(subject, envelope.GetAttribute(EnvelopeAttributes.Subject));
        Assert.Equal(key ?? subject, envelope.GetAttribute(EnvelopeAttributes.PartitionKey));
        Assert.Equal(key ?? subject, Encoding.UTF8.GetString(outgoing.Key.Span));
        Assert.Equal(length, outgoing.Body.Length + outgoing.Key.Length);
    }

    [Fact]
    public void The_same_record_and_sequence_give_the_same_bytes_whatever_was_composed_between()
    {
        _writer.Write(_scratch, _writer.PrefixOf(UsageSample.Descriptor), new UsageSample("x", "task"), out var record);

        var first = _composer.Compose(record, 9_999, new byte[record.EventLength]);
        _composer.Compose(record, 10_000, new byte[record.EventLength]);
        var again = _composer.Compose(record, 9_999, new byte[record.EventLength]);

        Assert.Equal(first.Body.ToArray(), again.Body.ToArray());
        Assert.Equal(first.Id, again.Id);
    }

    private (OutgoingEvent Outgoing, int Length) Compose(UsageSample sample)
    {
        _writer.Write(_scratch, _writer.PrefixOf(UsageSample.Descriptor), sample, out var record);
        return (_composer.Compose(record, sequence: 1, new byte[record.EventLength]), record.EventLength);
    }
}
