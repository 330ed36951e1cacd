using System.Runtime.InteropServices;
using System.Text;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Owns a native producer, its main queue and its topics.</summary>
/// <remarks>
/// Calls take the plain pointer, since one call is made for each event; whoever makes them holds a reference of the handle for as long
/// as they last, so that the client ends after the last of them.
/// </remarks>
internal sealed unsafe class NativeProducerHandle : SafeHandle
{
    private readonly Lock _gate = new();
    private readonly List<nint> _topics = [];
    private readonly Action _released;

    private NativeProducerHandle(Action released)
        : base(nint.Zero, ownsHandle: true) => _released = released;

    public override bool IsInvalid => handle == nint.Zero;

    /// <summary>The client. Valid while a reference of the handle is held.</summary>
    public nint Client => handle;

    /// <summary>Where all the client's events arrive.</summary>
    public nint Queue { get; private set; }

    /// <param name="properties">librdkafka's properties.</param>
    /// <param name="events">What is to arrive in the queue.</param>
    /// <param name="released">Called once the client has ended, and reads none of the memory that it was given.</param>
    /// <exception cref="InvalidOperationException">librdkafka does not know a property, or refuses its value.</exception>
    public static NativeProducerHandle Create(
        IEnumerable<KeyValuePair<string, string>> properties, NativeEventKind events, Action released)
    {
        var configuration = LibRdKafka.NewConfiguration();
        var error = stackalloc byte[LibRdKafka.ErrorTextLength];
        foreach (var (name, value) in properties)
        {
            if (LibRdKafka.SetConfiguration(configuration, name, value, error, LibRdKafka.ErrorTextLength) == LibRdKafka.ConfigurationOk)
                continue;
            LibRdKafka.DestroyConfiguration(configuration);
            throw new InvalidOperationException(Text(error));
        }

        LibRdKafka.SetEvents(configuration, events);
        var client = LibRdKafka.NewClient(LibRdKafka.ProducerType, configuration, error, LibRdKafka.ErrorTextLength);
        if (client == nint.Zero)
        {
            LibRdKafka.DestroyConfiguration(configuration);
            throw new InvalidOperationException(Text(error));
        }

        var owner = new NativeProducerHandle(released) { Queue = LibRdKafka.GetMainQueue(client) };
        owner.SetHandle(client);
        _ = LibRdKafka.SetLogQueue(client, nint.Zero);
        return owner;
    }

    /// <summary>A topic of the client's; zero where librdkafka does not take the name.</summary>
    public nint NewTopic(string name)
    {
        var topic = LibRdKafka.NewTopic(handle, name, nint.Zero);
        if (topic != nint.Zero)
        {
            lock (_gate)
                _topics.Add(topic);
        }

        return topic;
    }

    protected override bool ReleaseHandle()
    {
        foreach (var topic in _topics)
            LibRdKafka.DestroyTopic(topic);
        LibRdKafka.DestroyQueue(Queue);
        LibRdKafka.DestroyClient(handle);
        _released();
        return true;
    }

    private static string Text(byte* zeroTerminated) =>
        Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(zeroTerminated));
}
