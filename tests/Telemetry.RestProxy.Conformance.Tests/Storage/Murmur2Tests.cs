using System.Text;
using Telemetry.RestProxy.Conformance.Storage;

namespace Telemetry.RestProxy.Conformance.Tests.Storage;

public class Murmur2Tests
{
    // apache/kafka, clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java, testMurmur2.
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Hashes_as_Java_does(string key, int hash) => Assert.Equal(hash, (int)Murmur2.Hash(Encoding.UTF8.GetBytes(key)));
}
