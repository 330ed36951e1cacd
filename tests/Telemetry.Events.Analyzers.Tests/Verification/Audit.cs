namespace Telemetry.Events.Analyzers.Tests.Verification;

/// <summary>
/// The product as the analyzers see it, by name alone, with a delivery class <c>Audit</c>: so that the tests hold whether or
/// not the product has one yet.
/// </summary>
internal static class Audit
{
    public const string Product = """
        namespace Telemetry.Events
        {
            public enum DeliveryClass { Telemetry, Usage, Audit }
            public interface ITelemetryEvent { static abstract EventDescriptor Descriptor { get; } }
            public sealed class EventDescriptor;
            public sealed class TelemetryEventAttribute(string name) : System.Attribute
            {
                public string Name => name;
                public string Topic { get; set; } = "";
                public DeliveryClass Delivery { get; set; }
            }
            public struct PublishResult { public bool IsAccepted => true; }
            public sealed class DeliveryReceipt { public bool IsDelivered => true; }
            public interface IEventPublisher
            {
                PublishResult Publish<T>(EventDescriptor descriptor, in T data);
                System.Threading.Tasks.ValueTask<string> FlushAsync(System.TimeSpan deadline);
            }
            public static class EventPublisherExtensions
            {
                public static PublishResult Publish<T>(this IEventPublisher publisher, in T e) where T : ITelemetryEvent => default;
                public static System.Threading.Tasks.ValueTask<PublishResult> PublishAsync<T>(this IEventPublisher publisher, T e) where T : ITelemetryEvent => default;
                public static System.Threading.Tasks.ValueTask<DeliveryReceipt> ConfirmAsync<T>(this IEventPublisher publisher, T e) where T : ITelemetryEvent => default;
            }
        }

        """;

    public static string InMethod(string body, string signature) => $$"""
        using System;
        using System.Threading.Tasks;
        using Telemetry.Events;

        [TelemetryEvent("pbac.access.check.deny", Topic = "pbac_access", Delivery = DeliveryClass.Audit)]
        public partial struct Denied : ITelemetryEvent { public static EventDescriptor Descriptor => null!; }

        [TelemetryEvent("orders.order.place", Topic = "orders", Delivery = DeliveryClass.Usage)]
        public partial struct Placed : ITelemetryEvent { public static EventDescriptor Descriptor => null!; }

        class Program
        {
            {{signature}}
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }

        {{Product}}
        """;
}
