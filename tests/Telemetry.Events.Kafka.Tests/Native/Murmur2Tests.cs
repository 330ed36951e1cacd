using System.Text;
using Telemetry.Events.Kafka.Native;

namespace Telemetry.Events.Kafka.Tests.Native;

public class Murmur2Tests
{
    [Theory]
    // The vectors of Apache Kafka's own test: org.apache.kafka.common.utils.UtilsTest.testMurmur2.
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void It_is_the_Java_clients_hash(string key, int hash)
    {
        Assert.Equal(hash, Murmur2.Hash(Encoding.ASCII.GetBytes(key)));
        Assert.Equal((hash & int.MaxValue) % 7, Murmur2.Partition(Encoding.ASCII.GetBytes(key), 7));
    }
}
