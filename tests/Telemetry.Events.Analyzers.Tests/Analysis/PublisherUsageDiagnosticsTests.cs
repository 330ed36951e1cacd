using Telemetry.Events.Analyzers.Analysis;
using Telemetry.Events.Analyzers.Rules;
using Telemetry.Events.Analyzers.Tests.Verification;

namespace Telemetry.Events.Analyzers.Tests.Analysis;

public class PublisherUsageDiagnosticsTests
{
    private const string Signature = "async Task M(IEventPublisher publisher, Denied denied, Placed placed)";

    [Theory]
    [InlineData("{|TEL020:publisher.Publish(denied);|}")]
    [InlineData("{|TEL020:publisher?.Publish(denied);|}")]
    [InlineData("{|TEL020:publisher.Publish(Denied.Descriptor, 1);|}")]
    [InlineData("{|TEL020:EventPublisherExtensions.Publish(publisher, denied);|}")]
    [InlineData("{|TEL020:publisher.PublishAsync(denied);|}")]
    [InlineData("{|TEL020:await publisher.PublishAsync(denied);|}")]
    [InlineData("{|TEL020:await publisher.ConfirmAsync(denied).ConfigureAwait(false);|}")]
    [InlineData("Action later = () => {|TEL020:publisher.Publish(denied)|};")]
    public Task A_result_of_an_Audit_event_thrown_away_is_told(string body) =>
        Verify.Diagnostics<IgnoredResultAnalyzer>(Audit.InMethod(body, Signature));

    [Theory]
    [InlineData("publisher.Publish(placed);")]
    [InlineData("publisher.Publish(Placed.Descriptor, 1);")]
    [InlineData("_ = publisher.Publish(denied);")]
    [InlineData("var result = publisher.Publish(denied);")]
    [InlineData("if (!publisher.Publish(denied).IsAccepted) { }")]
    [InlineData("Func<object> later = () => publisher.Publish(denied);")]
    [InlineData("await publisher.FlushAsync(default);")]
    public Task A_result_that_is_used_and_other_classes_are_left_alone(string body) =>
        Verify.Diagnostics<IgnoredResultAnalyzer>(Audit.InMethod(body, Signature));

    [Fact]
    public Task The_message_names_event_and_call() => Verify.Message<IgnoredResultAnalyzer>(
        Audit.InMethod("{|#0:publisher.Publish(denied);|}", Signature), UsageRules.ResultIgnored, "pbac.access.check.deny", "Publish");

    [Theory]
    [InlineData("var r = {|TEL021:publisher.PublishAsync(placed).Result|};")]
    [InlineData("var r = {|TEL021:publisher.PublishAsync(placed).AsTask().Result|}.IsAccepted;")]
    [InlineData("{|TEL021:publisher.ConfirmAsync(placed).AsTask().Wait()|};")]
    [InlineData("{|TEL021:publisher.FlushAsync(default).GetAwaiter().GetResult()|};")]
    [InlineData("{|TEL021:publisher.FlushAsync(default).ConfigureAwait(false).GetAwaiter().GetResult()|};")]
    [InlineData("var task = publisher.ConfirmAsync(placed).AsTask(); {|TEL021:task.Wait()|};")]
    [InlineData("var task = publisher.PublishAsync(placed); var r = {|TEL021:task.GetAwaiter().GetResult()|};")]
    public Task A_thread_that_waits_for_the_publisher_is_told(string body) =>
        Verify.Diagnostics<SynchronousWaitAnalyzer>(Audit.InMethod(body, Signature));

    [Theory]
    [InlineData("await publisher.PublishAsync(placed);")]
    [InlineData("var r = Task.FromResult(1).Result;")]
    [InlineData("Task.Delay(1).Wait();")]
    [InlineData("var task = Task.Delay(1); task.Wait();")]
    [InlineData("var task = publisher.ConfirmAsync(placed).AsTask(); await Task.WhenAll(task); var r = task.Result;")]
    public Task Other_waits_are_left_alone(string body) =>
        Verify.Diagnostics<SynchronousWaitAnalyzer>(Audit.InMethod(body, Signature));
}
