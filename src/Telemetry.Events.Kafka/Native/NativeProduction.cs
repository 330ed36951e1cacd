using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Hands a window of events to librdkafka, a run of one partition at a time.</summary>
internal static unsafe class NativeProduction
{
    private const int ArgumentCount = 6;

    // Zero-terminated, pinned for good.
    private static readonly byte[] HeaderName = Pinned("content-type\0");
    private static readonly byte[] HeaderValue = Pinned(EnvelopeAttributes.ContentType);

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
        NativeProducerHandle client, NativeBatch pending, int position, int count, bool withHeader, INativeEvents events)
    {
        while (position < count)
        {
            var (topic, partition, end) = pending.Order.RunAt(position);
            var taken = topic.Handle == nint.Zero
                ? RefuseAll(pending, position, end)
                : withHeader
                    ? HandOverEach(client.Client, topic.Handle, partition, pending, position, end, events)
                    : HandOverAtOnce(topic.Handle, partition, pending, position, end, events);
            if (taken < end)
                return taken;
            position = end;
        }

        return position;
    }

    /// <summary>With headers: librdkafka takes them one by one only.</summary>
    private static int HandOverEach(
        nint client, nint topic, int partition, NativeBatch pending, int position, int end, INativeEvents events)
    {
        var arguments = stackalloc NativeArgument[ArgumentCount];
        arguments[0] = new NativeArgument { Kind = NativeArgumentKind.Topic, First = (void*)topic };
        arguments[1] = new NativeArgument { Kind = NativeArgumentKind.Partition, Number = partition };
        arguments[2].Kind = NativeArgumentKind.Value;
        arguments[3].Kind = NativeArgumentKind.Key;
        arguments[4].Kind = NativeArgumentKind.Opaque;
        arguments[5] = new NativeArgument
        {
            Kind = NativeArgumentKind.Header,
            First = Address(HeaderName),
            Second = (nint)Address(HeaderValue),
            Third = HeaderValue.Length,
        };
        for (; position < end; position++)
        {
            ref readonly var message = ref pending.Messages[position];
            arguments[2].First = message.Payload;
            arguments[2].Second = (nint)message.PayloadLength;
            arguments[3].First = message.Key;
            arguments[3].Second = (nint)message.KeyLength;
            arguments[4].First = (void*)message.Opaque;
            var error = LibRdKafka.Produce(client, arguments, ArgumentCount);
            if (error != nint.Zero && !Refuse(pending, message.Opaque, NativeErrors.Take(error), events))
                return position;
        }

        return position;
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

    private static byte[] Pinned(string text)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Encoding.ASCII.GetByteCount(text), pinned: true);
        Encoding.ASCII.GetBytes(text, bytes);
        return bytes;
    }

    private static void* Address(byte[] pinned) => Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
