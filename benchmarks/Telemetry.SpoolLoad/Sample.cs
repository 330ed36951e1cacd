using System.Text;
using Telemetry.Events.Spooling;

namespace Telemetry.SpoolLoad;

/// <summary>An event of the size that the publish benchmark has: 772 bytes and a key of 36.</summary>
internal static class Sample
{
    public static SpooledEvent Event { get; } = new(
        Guid.CreateVersion7(), "pbac_access", Encoding.UTF8.GetBytes(Guid.Empty.ToString()), Encoding.UTF8.GetBytes(new string('a', 772)), DateTime.UtcNow);
}
