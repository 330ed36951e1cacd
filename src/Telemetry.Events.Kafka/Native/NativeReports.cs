using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary>The thread that takes a producer's events from its queue: delivery reports, errors, log lines, statistics.</summary>
internal sealed class NativeReports(NativeProducerHandle client, NativeBatches batches, INativeEvents events)
{
    private const int PollTimeoutMs = 1000;
    private const int MessagesAtOnce = 512;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    public void Start() => new Thread(Run) { Name = "Kafka delivery reports", IsBackground = true }.Start();

    /// <summary>Ends the thread. The caller holds a reference of the client.</summary>
    public Task StopAsync()
    {
        _stopping = true;
        LibRdKafka.Wake(client.Queue);
        return _ended.Task;
    }

    private void Run()
    {
        while (!_stopping)
        {
            var nativeEvent = LibRdKafka.Poll(client.Queue, PollTimeoutMs);
            if (nativeEvent == nint.Zero)
                continue;
            Dispatch(nativeEvent);
            LibRdKafka.DestroyEvent(nativeEvent);
        }

        _ended.SetResult();
    }

    private void Dispatch(nint nativeEvent)
    {
        var kind = LibRdKafka.KindOf(nativeEvent);
        if (kind == NativeEventKind.DeliveryReport)
        {
            Report(nativeEvent);
            return;
        }

        try
        {
            DispatchOther(kind, nativeEvent);
        }
#pragma warning disable CA1031 // A logger that throws must not end the thread that all acknowledgements depend on.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private unsafe void Report(nint nativeEvent)
    {
        var messages = stackalloc NativeMessage*[MessagesAtOnce];
        int count;
        while ((count = (int)LibRdKafka.MessagesOf(nativeEvent, messages, MessagesAtOnce)) > 0)
        {
            for (var start = 0; start < count;)
            {
                var slot = NativeBatch.SlotOf(messages[start]->Opaque);
                var end = start;
                while (end < count && NativeBatch.SlotOf(messages[end]->Opaque) == slot)
                {
                    if (messages[end]->Error is ErrorCode.Local_UnknownPartition or ErrorCode.Local_UnknownTopic)
                        events.OnUnknownPartition();
                    end++;
                }

                batches[slot].Report(messages + start, end - start);
                start = end;
            }
        }
    }

    private unsafe void DispatchOther(NativeEventKind kind, nint nativeEvent)
    {
        switch (kind)
        {
            case NativeEventKind.Error:
                events.OnError(
                    LibRdKafka.ErrorOf(nativeEvent), Text(LibRdKafka.ErrorTextOf(nativeEvent)), LibRdKafka.IsFatal(nativeEvent) != 0);
                break;
            case NativeEventKind.Log:
                nint facility, text;
                int level;
                if (LibRdKafka.LogOf(nativeEvent, &facility, &text, &level) == 0)
                    events.OnLog(Text(facility), Text(text));
                break;
            case NativeEventKind.Statistics:
                events.OnStatistics(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(LibRdKafka.StatisticsOf(nativeEvent)));
                break;
            case NativeEventKind.TokenRefresh:
                events.OnTokenRefresh();
                break;
        }
    }

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? "";
}
