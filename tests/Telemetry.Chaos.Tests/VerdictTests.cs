using System.Text;
using Telemetry.Chaos.Accounts;
using Telemetry.Chaos.Events;
using Telemetry.Chaos.Producers;
using Telemetry.Events;

namespace Telemetry.Chaos.Tests;

/// <summary>A harness that finds nothing proves nothing: each broken promise is told.</summary>
public sealed class VerdictTests
{
    private const int Process = 1;
    private const int Flow = 1;
    private readonly ChaosAccount _account = new();

    public VerdictTests() => _account.Begin(Process);

    [Fact]
    public void An_audit_event_that_was_accepted_and_is_missing_is_told()
    {
        Tell(DeliveryClass.Audit, Words.Accepted, 1);
        _account.End(Process, wasKilled: true);

        Assert.Contains("event 1 is missing", Assert.Single(Verdict.Judge(_account)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_usage_event_may_be_lost_by_a_kill_unless_it_was_confirmed()
    {
        Tell(DeliveryClass.Usage, Words.Accepted, 1);
        _account.End(Process, wasKilled: true);
        Assert.Empty(Verdict.Judge(_account));

        Tell(DeliveryClass.Usage, Words.Confirmed, 2);
        Assert.Contains("event 2 is missing", Assert.Single(Verdict.Judge(_account)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_under_two_ids_in_the_wrong_order_refused_or_untold_is_told()
    {
        var id = Tell(DeliveryClass.Audit, Words.Accepted, 2);
        Arrive(2, id);
        Tell(DeliveryClass.Audit, Words.Refused, 3, "SpoolFull");
        Arrive(3, Guid.NewGuid());
        Arrive(1, Guid.NewGuid());
        Arrive(1, Guid.NewGuid());
        Arrive(9, Guid.NewGuid());
        _account.End(Process, wasKilled: true);

        var broken = string.Join('\n', Verdict.Judge(_account));

        Assert.Contains("event 1 arrived after process 1, flow 1, event 3", broken, StringComparison.Ordinal);
        Assert.Contains("event 1 arrived under two ids", broken, StringComparison.Ordinal);
        Assert.Contains("event 3 was refused and arrived", broken, StringComparison.Ordinal);
        Assert.Contains("event 9 arrived, and its flow never told of it", broken, StringComparison.Ordinal);
    }

    [Fact]
    public void The_event_whose_call_the_kill_met_may_arrive()
    {
        Arrive(1, Tell(DeliveryClass.Audit, Words.Accepted, 1));
        Arrive(2, Guid.NewGuid());
        _account.End(Process, wasKilled: true);

        Assert.Empty(Verdict.Judge(_account));
    }

    [Fact]
    public void A_ledger_that_does_not_explain_what_is_missing_is_told()
    {
        Tell(DeliveryClass.Telemetry, Words.Accepted, 1);
        Tell(DeliveryClass.Telemetry, Words.Accepted, 2);
        TellLedger(Words.LastLedger, accepted: 2, delivered: 1, dropped: 1);
        _account.End(Process, wasKilled: false);

        var broken = string.Join('\n', Verdict.Judge(_account));

        Assert.Contains("counts 1 delivered, and 0 arrived", broken, StringComparison.Ordinal);
        Assert.Contains("dropped 1, and 2 are missing", broken, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_stopped_without_its_ledger_or_with_one_that_does_not_close_is_told()
    {
        TellLedger(Words.Ledger, accepted: 2, delivered: 1, dropped: 0);
        _account.End(Process, wasKilled: false);

        var broken = string.Join('\n', Verdict.Judge(_account));

        Assert.Contains("stopped without its ledger", broken, StringComparison.Ordinal);
        Assert.Contains("has a ledger that does not close", broken, StringComparison.Ordinal);
    }

    private Guid Tell(DeliveryClass delivery, string word, int index, string? reason = null)
    {
        var id = Guid.NewGuid();
        _account.Tell(Process, Words.Say(word, new DeliveryWords(delivery, new EventNumber(Process, Flow, index), reason ?? id.ToString())));
        return id;
    }

    private void TellLedger(string word, long accepted, long delivered, long dropped) => _account.Tell(
        Process,
        $$"""{{word}} {"Delivery":{{(int)DeliveryClass.Telemetry}},"Accepted":{{accepted}},"Delivered":{{delivered}},"Spooled":0,"InFlight":0,"Recovered":0,"Redelivered":0,"RecoveredDropped":0,"Dropped":{"evicted":{{dropped}} } }""");

    private void Arrive(int index, Guid id)
    {
        var number = new EventNumber(Process, Flow, index);
        var json = $$"""
            {"specversion":"1.0","id":"{{id}}","source":"/chaos","type":"test.audit.happen","producer":"p","sequence":"{{index}}",
             "data":{"process":{{Process}},"flow":{{Flow}},"index":{{index}} } }
            """;
        _account.Arrive(ChaosTopics.TopicOf(DeliveryClass.Audit), Encoding.UTF8.GetBytes(number.Key), Encoding.UTF8.GetBytes(json));
    }
}
