using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Tests.Verification;
using Telemetry.Events.CodeFixes;

namespace Telemetry.Events.Analyzers.Tests.CodeFixes;

public class PublisherUsageCodeFixTests
{
    private const string Asynchronous = "async Task M(IEventPublisher publisher, Denied denied, Placed placed)";
    private const string Synchronous = "void M(IEventPublisher publisher, Denied denied, Placed placed)";

    [Theory]
    [InlineData("publisher.Publish(denied)", "IsAccepted", "accepted")]
    [InlineData("publisher?.Publish(denied)", "IsAccepted", "accepted")]
    [InlineData("await publisher.PublishAsync(denied)", "IsAccepted", "accepted")]
    [InlineData("await publisher.ConfirmAsync(denied).ConfigureAwait(false)", "IsDelivered", "delivered")]
    public Task A_result_thrown_away_is_looked_at(string call, string property, string word) =>
        Verify.Fix<IgnoredResultAnalyzer, UseResultCodeFix>(
            Audit.InMethod($"{{|TEL020:{call};|}}", Asynchronous),
            Audit.InMethod(
                $$"""
                if ({{call}} is { {{property}}: false })
                {
                    throw new InvalidOperationException("The audit event was not {{word}}.");
                }
                """,
                Asynchronous));

    [Fact]
    public Task A_call_that_nobody_awaits_is_left_to_the_author()
    {
        var source = Audit.InMethod("{|TEL020:publisher.PublishAsync(denied);|}", Synchronous);
        return Verify.Fix<IgnoredResultAnalyzer, UseResultCodeFix>(source, source);
    }

    [Theory]
    [InlineData("var r = {|TEL021:publisher.PublishAsync(placed).Result|};", "var r = await publisher.PublishAsync(placed);")]
    [InlineData("var r = {|TEL021:publisher.PublishAsync(placed).AsTask().Result|}.IsAccepted;", "var r = (await publisher.PublishAsync(placed)).IsAccepted;")]
    [InlineData("{|TEL021:publisher.ConfirmAsync(placed).AsTask().Wait()|};", "await publisher.ConfirmAsync(placed);")]
    [InlineData(
        "{|TEL021:publisher.FlushAsync(default).ConfigureAwait(false).GetAwaiter().GetResult()|};",
        "await publisher.FlushAsync(default).ConfigureAwait(false);")]
    [InlineData("var task = publisher.ConfirmAsync(placed).AsTask(); {|TEL021:task.Wait()|};", "var task = publisher.ConfirmAsync(placed).AsTask(); await task;")]
    public Task A_wait_is_awaited(string body, string corrected) => Verify.Fix<SynchronousWaitAnalyzer, AwaitCodeFix>(
        Audit.InMethod(body, Asynchronous), Audit.InMethod(corrected, Asynchronous));

    [Fact]
    public Task A_wait_in_a_synchronous_method_is_left_to_the_author()
    {
        var source = Audit.InMethod("{|TEL021:publisher.FlushAsync(default).GetAwaiter().GetResult()|};", Synchronous);
        return Verify.Fix<SynchronousWaitAnalyzer, AwaitCodeFix>(source, source);
    }
}
