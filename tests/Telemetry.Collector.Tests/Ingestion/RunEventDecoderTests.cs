using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Xunit;
using Telemetry.Collector.Ingestion;
using Telemetry.Collector.Runs;
using Telemetry.Events;

namespace Telemetry.Collector.Tests.Ingestion;

public class RunEventDecoderTests
{
    [Theory]
    [InlineData("xumi.weights.load.start", RunKind.Load, RunBoundary.Start)]
    [InlineData("xumi.weights.load.finish", RunKind.Load, RunBoundary.Finish)]
    [InlineData("xumi.task.run.start", RunKind.Task, RunBoundary.Start)]
    [InlineData("xumi.task.run.finish", RunKind.Task, RunBoundary.Finish)]
    public void The_type_says_which_end_of_which_run(string type, RunKind kind, RunBoundary boundary)
    {
        var decoded = Decode(Event(json => json["type"] = type));

        Assert.Equal((kind, boundary), (decoded.Kind, decoded.Boundary));
    }

    [Theory]
    [InlineData("mcp.task.start", RunBoundary.Start, null)]
    [InlineData("mcp.task.complete", RunBoundary.Finish, "succeeded")]
    [InlineData("mcp.task.fail", RunBoundary.Finish, "failed")]
    [InlineData("TaskStarted", RunBoundary.Start, null)]
    [InlineData("TaskCompleted", RunBoundary.Finish, "succeeded")]
    [InlineData("TaskFailed", RunBoundary.Finish, "failed")]
    public void The_types_of_MCP_say_how_a_task_ended_too(string type, RunBoundary boundary, string? outcome)
    {
        var decoded = Decode(Event(json =>
        {
            json["type"] = type;
            json["data"]!.AsObject().Remove("outcome");
        }));

        Assert.Equal((RunKind.McpTask, boundary, outcome), (decoded.Kind, decoded.Boundary, decoded.Outcome));
    }

    [Fact]
    public void All_that_the_event_says_is_kept()
    {
        var decoded = Decode(Event(_ => { }));

        Assert.Equal(
            new RunEvent
            {
                EventId = "event-1",
                Kind = RunKind.Task,
                Boundary = RunBoundary.Finish,
                TaskId = "task-1",
                Time = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
                UserId = "user-1",
                Model = "model-1",
                Node = "node-1",
                TenantId = "tenant-1",
                VmType = "NV6",
                Outcome = "failed",
                Error = "out of memory",
            },
            decoded);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_node_of_its_own_the_event_stands_for_the_host_it_came_from(string? node) =>
        Assert.Equal("host-1", Decode(Event(json => json["data"]!["node"] = node)).Node);

    [Theory]
    [InlineData("type", "xumi.task.run.pause", "The event type 'xumi.task.run.pause' starts or finishes no run")]
    [InlineData("time", null, "The attribute time is missing")]
    [InlineData("id", null, "The attribute id is missing")]
    [InlineData("data", null, "data.task_id is missing or no string")]
    [InlineData("data", "text", "data.task_id is missing or no string")]
    public void An_event_that_cannot_be_used_is_refused_with_the_cause(string attribute, string? value, string expected)
    {
        var record = Event(json => json[attribute] = value);

        Assert.False(TryDecode(record, out _, out var reason));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_id_has_512_characters_at_most()
    {
        Assert.Equal(512, Decode(Event(json => json["data"]!["task_id"] = new string('x', 512))).TaskId.Length);
        Assert.False(TryDecode(Event(json => json["data"]!["task_id"] = new string('x', 513)), out _, out var reason));
        Assert.Equal("data.task_id has 513 characters; 512 is the most.", reason);
    }

    [Property(MaxTest = 2000)]
    public void No_damage_makes_it_throw(PositiveInt at, byte value, NonNegativeInt cut)
    {
        var record = Event(_ => { });
        record[at.Get % record.Length] = value;

        var usable = TryDecode(record.AsMemory(0, record.Length - (cut.Get % 3)), out var decoded, out var reason);

        Assert.Equal(usable, decoded is not null);
        Assert.Equal(usable, reason is null);
    }

    private static bool TryDecode(
        ReadOnlyMemory<byte> record, [NotNullWhen(true)] out RunEvent? decoded, [NotNullWhen(false)] out string? reason)
    {
        decoded = null;
        return EventEnvelopeReader.TryRead(record, out var envelope, out reason) && RunEventDecoder.TryDecode(envelope, out decoded, out reason);
    }

    private static RunEvent Decode(byte[] record)
    {
        Assert.True(TryDecode(record, out var decoded, out var reason), reason);
        return decoded;
    }

    private static byte[] Event(Action<JsonObject> change)
    {
        var json = JsonNode.Parse(
            """
            {"specversion":"1.0","id":"event-1","source":"/xumi","type":"xumi.task.run.finish","time":"2026-01-31T12:00:00Z",
             "tenantid":"tenant-1","vmtype":"NV6","hostname":"host-1",
             "data":{"task_id":"task-1","user_id":"user-1","model":"model-1","node":"node-1","outcome":"failed","error":"out of memory"}}
            """)!.AsObject();
        change(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
