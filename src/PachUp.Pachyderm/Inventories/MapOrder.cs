using System.Collections;
using System.Globalization;
using Google.Protobuf;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// Sorts the entries of all maps in a message by their keys. Servers send them in random order, but the same message must always give the same
/// bytes.
/// </summary>
internal static class MapOrder
{
    /// <summary>Sorts the maps of a message and of all messages in it.</summary>
    /// <returns>The message itself.</returns>
    public static T Sort<T>(T message)
        where T : IMessage
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            SortValue(field.Accessor.GetValue(message));
        }

        return message;
    }

    private static void SortValue(object? value)
    {
        switch (value)
        {
            case IMessage message:
                Sort(message);
                break;
            case IDictionary map:
                SortMap(map);
                break;
            case IList list:
                foreach (var item in list.OfType<IMessage>())
                {
                    Sort(item);
                }

                break;
        }
    }

    private static void SortMap(IDictionary map)
    {
        var entries = map.Keys.Cast<object>()
            .OrderBy(key => Convert.ToString(key, CultureInfo.InvariantCulture), StringComparer.Ordinal)
            .Select(key => (Key: key, Value: map[key]))
            .ToList();
        map.Clear();
        foreach (var (key, value) in entries)
        {
            map.Add(key, value);
            SortValue(value);
        }
    }
}
