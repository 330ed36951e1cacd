using System.Runtime.InteropServices;
using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing.Tests.Contract;

/// <summary>For each rule a transport that breaks it: a contract that anything passes would be none.</summary>
public class BrokenContractTests
{
    [Fact]
    public Task Loss() => Breaks(
        "Every_event_of_a_batch_is_delivered_once",
        "The broker holds 999 of 1000 events that were reported as Delivered",
        async call =>
        {
            await call.Inner.SendAsync(call.Batch[1..], call.Outcomes[1..], call.Token);
            call.Outcomes.Span[0] = DeliveryOutcome.Delivered();
        });

    [Fact]
    public Task Repetition() => Breaks(
        "Every_event_of_a_batch_is_delivered_once",
        "was not sent, or holds it twice",
        async call =>
        {
            await call.SendAsync();
            await call.Inner.SendAsync(call.Batch[..1], call.Outcomes[..1], call.Token);
        });

    [Fact]
    public Task A_forgotten_outcome() => Breaks(
        "Every_event_of_a_batch_is_delivered_once",
        "Event 0 of 1000 is Unknown on a healthy broker",
        async call =>
        {
            await call.SendAsync();
            call.Outcomes.Span[0] = default;
        });

    [Fact]
    public Task Rewritten_bytes() => Breaks(
        "Key_and_body_keep_their_bytes",
        "was not sent, or holds it twice",
        call => call.SendAsync(batch => [.. batch.Select(sent => sent with { Body = "{}"u8.ToArray() })]));

    [Fact]
    public Task A_lost_key() => Breaks(
        "Key_and_body_keep_their_bytes",
        "was not sent, or holds it twice",
        call => call.SendAsync(batch => [.. batch.Select(sent => sent with { Key = default })]));

    [Fact]
    public Task Another_order() => Breaks(
        "Events_of_one_key_keep_their_order",
        "stands behind event",
        call => call.SendAsync(batch => [.. batch.Reverse()]));

    [Fact]
    public Task An_exception_for_an_empty_batch() => Breaks(
        "An_empty_batch_returns",
        "SendAsync threw ArgumentException",
        call => call.Batch.IsEmpty ? throw new ArgumentException("Empty.") : call.SendAsync());

    [Fact]
    public Task Retries_of_what_is_too_large() => Breaks(
        "A_too_large_event_is_final_and_its_neighbours_arrive",
        "it should be Final",
        async call =>
        {
            await call.SendAsync();
            foreach (ref var outcome in call.Outcomes.Span)
            {
                if (outcome.Status == DeliveryStatus.Final)
                    outcome = DeliveryOutcome.Retriable("too_large");
            }
        });

    [Fact]
    public Task A_late_write()
    {
        Memory<DeliveryOutcome> former = default;
        return Breaks(
            "Outcomes_are_not_written_after_the_return",
            "wrote outcomes after SendAsync had returned",
            async call =>
            {
                await call.SendAsync();
                former.Span.Fill(DeliveryOutcome.Delivered());
                former = call.Outcomes;
            });
    }

    [Fact]
    public async Task A_late_read()
    {
        SendCall? held = null;

        var exception = await Assert.ThrowsAsync<TransportContractException>(() => TransportContract.VerifyAsync(
            "Events_are_not_read_after_the_return",
            () => new InMemoryHarness(
                inner => new BreakingTransport(inner)
                {
                    OnSend = call =>
                    {
                        held = call;
                        call.Outcomes.Span.Fill(DeliveryOutcome.Delivered());
                        return ValueTask.CompletedTask;
                    },
                },
                beforeReadBack: () => held!.SendAsync())));

        Assert.Contains("was not sent, or holds it twice", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task An_exception_at_cancellation() => Breaks(
        "A_cancelled_call_returns_and_throws_nothing",
        "threw OperationCanceledException",
        call =>
        {
            call.Token.ThrowIfCancellationRequested();
            return call.SendAsync();
        });

    [Fact]
    public Task A_wait_that_nothing_ends() => Breaks(
        "Cancellation_ends_a_call_that_waits_for_the_broker",
        "did not return within",
        call => call.Inner.SendAsync(call.Batch, call.Outcomes, CancellationToken.None));

    [Fact]
    public Task A_lie_about_an_outage() => Breaks(
        "An_outage_in_the_middle_loses_nothing",
        "they should be Retriable or Unknown",
        async call =>
        {
            await call.SendAsync();
            call.Outcomes.Span.Fill(DeliveryOutcome.Delivered());
        });

    [Fact]
    public Task A_second_dispose_that_throws() => Breaks(
        "Dispose_ends_an_idle_transport_and_may_be_repeated",
        "A second DisposeAsync threw ObjectDisposedException",
        inner => new BreakingTransport(inner) { OnSend = call => call.SendAsync(), ThrowsAtSecondDispose = true });

    [Fact]
    public Task Outcomes_of_another_batch() => Breaks(
        "A_batch_of_one_is_delivered",
        "wrote outcomes beside those of its batch",
        async call =>
        {
            await call.SendAsync();
            Assert.True(MemoryMarshal.TryGetArray((ReadOnlyMemory<DeliveryOutcome>)call.Outcomes, out var segment));
            segment.Array.AsSpan().Fill(DeliveryOutcome.Delivered());
        });

    [Fact]
    public Task A_neighbours_key() => Breaks(
        "Events_without_a_key_are_delivered_without_one",
        "was not sent, or holds it twice",
        call => call.SendAsync(batch => [.. batch.Select(sent => sent with { Key = batch[0].Key })]));

    [Fact]
    public Task A_neighbours_topic() => Breaks(
        "Many_topics_in_one_batch_do_not_mix",
        "was not sent, or holds it twice",
        call => call.SendAsync(batch => [.. batch.Select(sent => sent with { Topic = batch[0].Topic })]));

    [Fact]
    public Task A_neighbours_place() => Breaks(
        "An_outcome_names_the_place_of_its_own_event",
        "but its outcome says partition 3",
        async call =>
        {
            await call.SendAsync();
            call.Outcomes.Span[7] = DeliveryOutcome.Delivered(partition: 3);
        });

    [Fact]
    public async Task A_call_that_outlives_its_transport()
    {
        var exception = await Assert.ThrowsAsync<TransportContractException>(() => TransportContract.VerifyAsync(
            "Dispose_ends_a_call_that_waits_for_the_broker",
            () => new InMemoryHarness(
                inner => new BreakingTransport(inner)
                {
                    OnSend = async call => await Task.Delay(Timeout.Infinite, call.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing),
                },
                patience: TimeSpan.FromMilliseconds(200))));

        Assert.StartsWith("SendAsync did not return within", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Giving_up_for_a_dispose() => Breaks(
        "Dispose_during_a_call_ends_both",
        "Dispose made outcomes Final",
        call =>
        {
            call.Outcomes.Span.Fill(DeliveryOutcome.Final("disposed"));
            return ValueTask.CompletedTask;
        });

    [Fact]
    public Task Giving_up_where_the_broker_asks_for_a_pause() => Breaks(
        "A_throttling_broker_loses_nothing",
        "so nothing is Final",
        async call =>
        {
            await call.SendAsync();
            foreach (ref var outcome in call.Outcomes.Span)
            {
                if (outcome.Status == DeliveryStatus.Retriable)
                    outcome = DeliveryOutcome.Final("throttled");
            }
        });

    [Fact]
    public Task An_event_lost_under_the_publisher() => Breaks(
        "A_publisher_loses_nothing_by_an_outage",
        "events that were reported as Delivered",
        async call =>
        {
            await call.Inner.SendAsync(call.Batch[1..], call.Outcomes[1..], call.Token);
            call.Outcomes.Span[0] = call.Outcomes.Length == 1 ? DeliveryOutcome.Delivered() : call.Outcomes.Span[1];
        });

    [Fact]
    public Task Other_bytes_at_the_second_attempt()
    {
        var attempts = 0;
        return Breaks(
            "A_publish_during_dispose_is_delivered_or_refused",
            "and different bytes",
            async call =>
            {
                var pad = attempts++ == 0 ? " " : "";
                await call.SendAsync(batch => [.. batch.Select(sent => sent with { Body = (byte[])[.. sent.Body.Span, .. Encoding.ASCII.GetBytes(pad)] })]);
                if (pad.Length > 0)
                    call.Outcomes.Span.Fill(DeliveryOutcome.Unknown("timed_out"));
            });
    }

    [Fact]
    public Task A_name_with_spaces() => Breaks(
        "The_name_suits_a_metric",
        "The name is 'My Transport'",
        inner => new BreakingTransport(inner) { OnSend = call => call.SendAsync(), Name = "My Transport" });

    [Fact]
    public async Task A_case_that_the_harness_cannot_run_is_said_to_be_so()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => TransportContract.VerifyAsync("No_such_case", () => new InMemoryHarness()));

        Assert.Contains("no case 'No_such_case'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("An_outage_in_the_middle_loses_nothing", TransportContract.CasesFor(TransportCapabilities.SizeLimit));
        Assert.Contains("An_outage_in_the_middle_loses_nothing", TransportContract.CasesBeyond(TransportCapabilities.SizeLimit));
    }

    private static Task Breaks(string name, string message, Func<SendCall, ValueTask> onSend) =>
        Breaks(name, message, inner => new BreakingTransport(inner) { OnSend = onSend });

    private static async Task Breaks(string name, string message, Func<IEventTransport, IEventTransport> decorate)
    {
        var exception = await Assert.ThrowsAsync<TransportContractException>(
            () => TransportContract.VerifyAsync(name, () => new InMemoryHarness(decorate)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
