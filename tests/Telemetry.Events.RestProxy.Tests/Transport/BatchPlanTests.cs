using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Telemetry.Events.RestProxy.Tests.Support;

namespace Telemetry.Events.RestProxy.Tests.Transport;

public class BatchPlanTests
{
    [Property(MaxTest = 300)]
    public void Every_event_is_in_one_place_and_a_key_of_a_topic_in_one_lane_in_order(PositiveInt lanes, PositiveInt maxRecords, byte[] picks)
    {
        var batch = picks.Select(pick => TestEvents.Create(pick % 7 == 0 ? null : $"key-{pick % 7}", "1"u8.ToArray(), $"topic-{pick % 3}")).ToArray();
        var plan = new BatchPlan();

        plan.Load(batch, 1 + (lanes.Get % 8), 1 + (maxRecords.Get % 50), 1_000_000);

        var seen = new List<int>();
        var laneOfKey = new Dictionary<(string, string), int>();
        for (var topic = 0; topic < plan.Topics.Count; topic++)
        {
            for (var lane = 0; lane < plan.Lanes; lane++)
            {
                var positions = plan.Positions(topic, lane).ToArray();
                Assert.Equal(positions.Order(), positions);
                seen.AddRange(positions);
                foreach (var outgoing in positions.Select(position => batch[position]))
                {
                    Assert.Equal(plan.Topics[topic], outgoing.Topic);
                    var key = (outgoing.Topic, Encoding.UTF8.GetString(outgoing.Key.Span));
                    Assert.True(key.Item2.Length == 0 || laneOfKey.TryAdd(key, lane) || laneOfKey[key] == lane);
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, batch.Length), seen.Order());
    }

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(500, 10, 1)]
    [InlineData(501, 10, 2)]
    [InlineData(10_000, 10, 4)]
    [InlineData(2, 600_000, 2)]
    public void What_fits_into_one_request_is_not_torn_apart(int events, int bytes, int lanes)
    {
        var body = new byte[bytes];
        var plan = new BatchPlan();

        plan.Load(TestEvents.Numbered(events, n => $"{n}").Select(outgoing => outgoing with { Body = body }).ToArray(), 4, 500, 1_000_000);

        Assert.Equal(lanes, plan.Lanes);
    }

    [Fact]
    public void Events_without_a_key_fill_whole_requests()
    {
        var plan = new BatchPlan();

        plan.Load(TestEvents.Numbered(1000, _ => null), 4, 500, 1_000_000);

        Assert.Equal([500, 500], new[] { plan.Positions(0, 0).Length, plan.Positions(0, 1).Length });
    }
}
