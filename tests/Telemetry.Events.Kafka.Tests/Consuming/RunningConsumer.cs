namespace Telemetry.Events.Kafka.Tests.Consuming;

/// <summary>A consumer at work, until it is stopped.</summary>
internal sealed class RunningConsumer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public RunningConsumer(EventConsumer consumer)
    {
        Consumer = consumer;
        _running = consumer.RunAsync(_stopping.Token);
    }

    public EventConsumer Consumer { get; }

    public EventConsumerStatus Status => Consumer.GetStatus();

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(ConsumerBench.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Consumer.Dispose();
    }
}
