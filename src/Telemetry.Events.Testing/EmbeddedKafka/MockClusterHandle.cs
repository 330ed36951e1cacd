using System.Runtime.InteropServices;
using System.Text;

namespace Telemetry.Events.Testing;

/// <summary>Owns a native mock cluster together with the librdkafka client it needs for its book-keeping.</summary>
/// <remarks>
/// One handle for the pair, because the client must outlive the cluster, and two handles left to the garbage collector
/// would be released in any order. The runtime's reference count keeps both alive until the last running call returns.
/// </remarks>
internal sealed class MockClusterHandle : SafeHandle
{
    internal MockClusterHandle()
        : base(nint.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == nint.Zero;

    /// <exception cref="InvalidOperationException">librdkafka could not create the client or the cluster.</exception>
    internal static MockClusterHandle Create(int brokerCount)
    {
        var owner = new MockClusterHandle();
        var client = CreateClient();
        var cluster = RdKafkaMock.NewCluster(client, brokerCount);
        if (cluster == nint.Zero)
        {
            RdKafkaMock.DestroyClient(client);
            throw new InvalidOperationException(
                $"librdkafka could not open {brokerCount} listening sockets on loopback; its reason is on stderr.");
        }

        owner.SetHandle(cluster);
        return owner;
    }

    protected override bool ReleaseHandle()
    {
        var client = RdKafkaMock.ClientOf(handle);
        RdKafkaMock.DestroyCluster(handle);
        RdKafkaMock.DestroyClient(client);
        return true;
    }

    private static nint CreateClient()
    {
        var configuration = RdKafkaMock.NewConfiguration();
        Span<byte> error = stackalloc byte[512];
        // This client connects to nothing, which librdkafka finds worth a warning on stderr: errors only.
        if (RdKafkaMock.SetConfiguration(configuration, "log_level", "3", error, (nuint)error.Length)
                == RdKafkaMock.ConfigurationOk
            && RdKafkaMock.SetConfiguration(configuration, "client.id", "embedded-kafka", error, (nuint)error.Length)
                == RdKafkaMock.ConfigurationOk)
        {
            var client = RdKafkaMock.NewClient(RdKafkaMock.ProducerType, configuration, error, (nuint)error.Length);
            if (client != nint.Zero)
                return client;
        }

        RdKafkaMock.DestroyConfiguration(configuration);
        throw new InvalidOperationException($"librdkafka could not start: {Text(error)}.");
    }

    private static string Text(ReadOnlySpan<byte> zeroTerminated)
    {
        var length = zeroTerminated.IndexOf((byte)0);
        return Encoding.UTF8.GetString(length < 0 ? zeroTerminated : zeroTerminated[..length]);
    }
}
