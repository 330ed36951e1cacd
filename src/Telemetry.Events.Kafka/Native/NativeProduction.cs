using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Hands a window of events to librdkafka, a run of one partition at a time.</summary>
internal static unsafe class NativeProduction
{
    private const int ArgumentCount = 6;

    private const int HeadersAtOnce = 256;

    /// <summary>Sorts the events by partition, and lays them out as librdkafka takes them.</summary>
    /// <param name="pending">The batch they belong to.</param>
    /// <param name="events">The window.</param>
    /// <param name="offset">Where the window begins in the batch.</param>
    /// <param name="topics">Knows the topics.</param>
    public static void Prepare(NativeBatch pending, ReadOnlySpan<OutgoingEvent> events, int offset, Func<string, NativeTopic> topics)
    {
        pending.Order.Sort(events, topics, Random.Shared);
        var order = pending.Order.Order;
        var messages = pending.Messages;
        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var outgoing = ref events[order[i]];
            ref var message = ref messages[i];
            message.Payload = pending.Memory.Pin(outgoing.Body);
            message.PayloadLength = (nuint)outgoing.Body.Length;
            message.Key = outgoing.Key.IsEmpty ? null : pending.Memory.Pin(outgoing.Key);
            message.KeyLength = (nuint)outgoing.Key.Length;
            message.Opaque = pending.OpaqueOf(offset + order[i]);
        }
    }

    /// <summary>Hands over what was prepared, from a position on. Returns the position where librdkafka's queue was full, or the end.</summary>
    public static int HandOver(
        NativeProducerHandle client, NativeBatch pending, int position, int count, NativeHeaders? headers, INativeEvents events)
    {
        while (position < count)
        {
            var (topic, partition, end) = pending.Order.RunAt(position);
            var taken = topic.Handle == nint.Zero
                ? RefuseAll(pending, position, end)
                : headers is not null
                    ? HandOverEach(client.Client, topic.Handle, partition, pending, position, end, headers, events)
                    : HandOverAtOnce(topic.Handle, partition, pending, position, end, events);
            if (taken < end)
                return taken;
            position = end;
        }

        return position;
    }

    /// <summary>With headers: librdkafka takes them one by one only.</summary>
    private static int HandOverEach(
        nint client, nint topic, int partition, NativeBatch pending, int position, int end, NativeHeaders headers, INativeEvents events)
    {
        Span<nint> lists = stackalloc nint[HeadersAtOnce];
        var arguments = stackalloc NativeArgument[ArgumentCount];
        arguments[0] = new NativeArgument { Kind = NativeArgumentKind.Topic, First = (void*)topic };
        arguments[1] = new NativeArgument { Kind = NativeArgumentKind.Partition, Number = partition };
        arguments[2].Kind = NativeArgumentKind.Value;
        arguments[3].Kind = NativeArgumentKind.Key;
        arguments[4].Kind = NativeArgumentKind.Opaque;
        arguments[5].Kind = NativeArgumentKind.Headers;
        while (position < end)
        {
            var rented = lists[..Math.Min(HeadersAtOnce, end - position)];
            headers.Rent(rented);
            var (handed, used) = HandOverEach(client, arguments, pending, position, rented, events);
            // Of a message that was refused, the list stays ours.
            headers.Return(rented[used..]);
            position += handed;
            if (handed < rented.Length)
                break;
        }

        return position;
    }

    /// <returns>How many messages librdkafka took or refused, and how many of the lists it took, which are the first ones.</returns>
    private static (int Handed, int Used) HandOverEach(
        nint client, NativeArgument* arguments, NativeBatch pending, int position, ReadOnlySpan<nint> lists, INativeEvents events)
    {
        var used = 0;
        for (var i = 0; i < lists.Length; i++)
        {
            ref readonly var message = ref pending.Messages[position + i];
            arguments[2].First = message.Payload;
            arguments[2].Second = (nint)message.PayloadLength;
            arguments[3].First = message.Key;
            arguments[3].Second = (nint)message.KeyLength;
            arguments[4].First = (void*)message.Opaque;
            arguments[5].First = (void*)lists[used];
            var error = LibRdKafka.Produce(client, arguments, ArgumentCount);
            if (error == nint.Zero)
                used++;
            else if (!Refuse(pending, message.Opaque, NativeErrors.Take(error), events))
                return (i, used);
        }

        return (lists.Length, used);
    }

    private static int HandOverAtOnce(nint topic, int partition, NativeBatch pending, int position, int end, INativeEvents events)
    {
        var messages = (NativeMessage*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pending.Messages));
        if (LibRdKafka.ProduceBatch(topic, partition, 0, messages + position, end - position) == end - position)
            return end;
        for (; position < end; position++)
        {
            ref readonly var message = ref messages[position];
            if (message.Error != ErrorCode.NoError && !Refuse(pending, message.Opaque, message.Error, events))
                return position;
        }

        return position;
    }

    private static int RefuseAll(NativeBatch pending, int position, int end)
    {
        for (; position < end; position++)
            pending.Refuse((int)pending.Messages[position].Opaque, ErrorCode.TopicException);
        return end;
    }

    /// <returns>False where the queue was full: that is no outcome.</returns>
    private static bool Refuse(NativeBatch pending, nint opaque, ErrorCode error, INativeEvents events)
    {
        if (error == ErrorCode.Local_QueueFull)
            return false;
        if (error is ErrorCode.Local_UnknownPartition or ErrorCode.Local_UnknownTopic)
            events.OnUnknownPartition();
        pending.Refuse((int)opaque, error);
        return true;
    }
}
