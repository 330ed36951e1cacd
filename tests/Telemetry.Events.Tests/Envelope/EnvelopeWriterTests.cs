using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Events.Envelope;
using Telemetry.Events.Publishing;

namespace Telemetry.Events.Tests.Envelope;

public class EnvelopeWriterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, 123, TimeSpan.Zero);

    private static readonly EventContextOptions FullContext = new()
    {
        TenantId = "0f8fad5b-d9cb-469f-a165-70867728950e",
        NodeId = "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        VmType = "NV6",
        HostName = "node-1",
        StorageSize = "512Gi",
        StorageType = "premium-ssd",
    };

    private readonly EnvelopeWriter _writer = Writer(new EnvelopeSettings { ServiceName = "model-runner", Producer = "producer-1", Context = FullContext });

    [Fact]
    public void The_attributes_stand_in_the_order_and_form_of_the_wire_contract()
    {
        var encoded = Encode(_writer, UsageSample.Descriptor, new UsageSample("hello", "task-1", "user-1"), sequence: 42);

        var expected =
            $$$"""
            {"specversion":"1.0","type":"test.usage.happen","source":"/model-runner","datacontenttype":"application/json",
            "tenantid":"0f8fad5b-d9cb-469f-a165-70867728950e","nodeid":"7c9e6679-7425-40de-944b-e07fc1f90ae7","vmtype":"NV6",
            "hostname":"node-1","storagesize":"512Gi","storagetype":"premium-ssd","producer":"producer-1",
            "sequence":"00000000000000000042","id":"{{{encoded.Id}}}","time":"2026-01-31T12:00:00.1230000Z",
            "subject":"task-1","partitionkey":"user-1","data":{"text":"hello"}}
            """.ReplaceLineEndings("");
        Assert.Equal(expected, Encoding.UTF8.GetString(encoded.Body));
        Assert.Equal("user-1", Encoding.UTF8.GetString(encoded.Key));
        Assert.Equal(7, encoded.Id.Version);
    }

    [Fact]
    public void What_is_unset_is_absent()
    {
        var writer = Writer(new EnvelopeSettings { ServiceName = "s", Producer = "p" });

        var encoded = Encode(writer, UsageSample.Descriptor, new UsageSample("x"));

        using var json = JsonDocument.Parse(encoded.Body);
        Assert.Equal(
            ["specversion", "type", "source", "datacontenttype", "producer", "sequence", "id", "time", "data"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Empty(encoded.Key);
    }

    [Fact]
    public void The_subject_is_the_key_where_there_is_no_other()
    {
        var encoded = Encode(_writer, UsageSample.Descriptor, new UsageSample("x", Subject: "task-1"));

        Assert.Equal("task-1", Encoding.UTF8.GetString(encoded.Key));
        Assert.Equal("task-1", Read(encoded).GetAttribute(EnvelopeAttributes.PartitionKey));
    }

    [Fact]
    public void The_current_activity_is_carried_as_trace_context()
    {
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.TraceStateString = "vendor=1";

        var envelope = Read(Encode(_writer, UsageSample.Descriptor, new UsageSample("x")));

        Assert.Equal(activity.Id, envelope.GetAttribute(EnvelopeAttributes.TraceParent));
        Assert.Equal("vendor=1", envelope.GetAttribute(EnvelopeAttributes.TraceState));
    }

    [Fact]
    public void A_payload_that_publishes_while_it_is_written_disturbs_nothing()
    {
        var encoded = Encode(_writer, NestingSample.Descriptor, new NestingSample(_writer));

        Assert.Equal("outer", Read(encoded).GetDataString("name"));
    }

    [Property(MaxTest = 500)]
    public void The_reference_parser_reads_back_every_text(string? text, string? subject)
    {
        var encoded = Encode(_writer, UsageSample.Descriptor, new UsageSample(text!, subject));

        var parsed = new JsonEventFormatter().DecodeStructuredModeMessage(
            encoded.Body, new System.Net.Mime.ContentType("application/cloudevents+json"), extensionAttributes: null);

        Assert.Equal(CloudEventsSpecVersion.V1_0, parsed.SpecVersion);
        Assert.Equal("test.usage.happen", parsed.Type);
        Assert.Equal(Now, parsed.Time);
        Assert.Equal(string.IsNullOrEmpty(subject) ? null : AttributeText.Clean(subject), parsed.Subject);
        Assert.Equal(parsed.Subject ?? "", Encoding.UTF8.GetString(encoded.Key));
        Assert.Equal("node-1", parsed["hostname"]);
        var data = Assert.IsType<JsonElement>(parsed.Data);
        if (text is null)
            Assert.False(data.TryGetProperty("text", out _));
        else
            Assert.Equal(WellFormed(text), data.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("plain-1", "plain-1")]
    [InlineData("größe 漢字 😀", "größe 漢字 😀")]
    [InlineData("a\u0000b\u001fc\u007fd\u009f", "a\uFFFDb\uFFFDc\uFFFDd\uFFFD")]
    [InlineData("\uFDD0\uFFFE\uFFFF\uFFFD", "\uFFFD\uFFFD\uFFFD\uFFFD")]
    public void What_a_CloudEvents_attribute_may_not_hold_is_replaced(string subject, string expected) =>
        Assert.Equal(expected, AttributeText.Clean(subject));

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        var encoded = Encode(_writer, UsageSample.Descriptor, new UsageSample("a\uD800b", Subject: "c\uDC00"));

        Assert.Equal("a\uFFFDb", Read(encoded).GetDataString("text"));
        Assert.Equal("c\uFFFD", Read(encoded).GetAttribute(EnvelopeAttributes.Subject));
    }

    [Fact]
    public void A_payload_of_a_megabyte_is_written_whole()
    {
        var text = new string('ж', 500_000);

        Assert.Equal(text, Read(Encode(_writer, UsageSample.Descriptor, new UsageSample(text))).GetDataString("text"));
    }

    private static EnvelopeWriter Writer(EnvelopeSettings settings) => new(settings, new FakeTimeProvider(Now));

    // By way of a chunk, as the publisher does it.
    private static Written Encode<TData>(EnvelopeWriter writer, EventDescriptor descriptor, in TData data, long sequence = 1)
        where TData : IEventData
    {
        var scratch = EnvelopeScratch.Rent();
        writer.Write(scratch, writer.PrefixOf(descriptor), data, out var written);
        var chunk = new EventChunk(written.EventLength, eventCapacity: 1);
        chunk.Append(written, written.EventLength, confirmation: null);
        scratch.Return();
        var record = chunk.Record(0);
        var outgoing = new EnvelopeComposer().Compose(record, sequence, new byte[record.EventLength]);
        return new Written(outgoing.Id, outgoing.Body.ToArray(), outgoing.Key.ToArray());
    }

    private static EventEnvelope Read(Written encoded)
    {
        Assert.True(EventEnvelopeReader.TryRead(encoded.Body, out var envelope, out var error), error);
        return envelope;
    }

    private static string? WellFormed(string? text) =>
        text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private sealed record Written(Guid Id, byte[] Body, byte[] Key);

    private readonly record struct NestingSample(EnvelopeWriter Writer) : ITelemetryEvent
    {
        public static EventDescriptor Descriptor { get; } = new("test.nesting.happen", "t", DeliveryClass.Usage);

        public string? Subject => null;

        public string? PartitionKey => null;

        public void WriteData(ref EventDataWriter writer)
        {
            Encode(Writer, UsageSample.Descriptor, new UsageSample("inner"));
            writer.WriteString("name"u8, "outer");
        }
    }
}
